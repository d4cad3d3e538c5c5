"""From a document to the HTML of a report.

Templates are given the document, and lists that are looked up in it beforehand; and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.documents.both_tracks import JointDocument
from assessments.documents.manifest import ManifestDocument
from assessments.documents.report import ReportDocument
from assessments.documents.result import AttributeResult, ResultDocument, as_frozen
from assessments.documents.values import document_digest
from assessments.headlines import evidence_sentences, second_rating_words, standard, themes
from assessments.headlines.panel_sentences import STAMP_RESTRICTED
from assessments.models import Report
from assessments.reports.annual import annual
from assessments.reports.board import board_paper, open_steps
from assessments.reports.comparison_html import comparison
from assessments.reports.full import action_rows, attribute_pages, more_steps, step_rows
from assessments.reports.over_time_html import over_time_paper
from assessments.reports.stakeholders import stakeholder_pages
from assessments.results.disagreement import lists_context
from assessments.results.frozen import comment_heads, remarks_by_head
from assessments.results.panel_lines import panel_context
from assessments.results.review_lines import review_shown
from assessments.results.standouts import evidence_context
from assessments.statement import fact_lines
from assessments.typefaces.choice import NOTHING, Choice, choose_for_html
from assessments.vocabulary import EVIDENCE_LABELS, Readers
from attributes.texts import reading

FOUR_LEVELS = 3  # the highest of them


@dataclass(frozen=True)
class Printable:
    """A report ready to be drawn: its HTML, the fonts it needs beside those that come with msgov, and its style."""

    html: str
    fonts: Choice = NOTHING
    style: str = ""


def document_of(report: Report) -> ReportDocument:
    """Return what the report shows."""
    return ReportDocument.model_validate(report.document)


def render_html(
    document: ReportDocument, language: str, fonts: Choice = NOTHING, manifest: ManifestDocument | None = None
) -> str:
    """Return the whole report as HTML, from the document and the fonts chosen for it; `manifest` says which it is."""
    # Whoever asks for it: a report is in its own language, not in the one they read questions in.
    shown: dict[str, Any] = {"report": document, "fonts": fonts, "on_paper": True, "manifest": manifest}
    with override(language), reading(""):
        if document.comparison:
            shown |= {"readers": Readers(document.readers).label}
            return render_to_string(
                "assessments/reports/pdf/comparison.html", {**comparison(document.comparison), **shown}
            )
        if document.annual:
            return render_to_string("assessments/reports/pdf/annual.html", {**annual(document), **shown})
        if document.over_time:
            shown |= {"readers": Readers(document.readers).label, "brand": document.brand}
            return render_to_string(
                "assessments/reports/pdf/over_time.html", {**over_time_paper(document.over_time), **shown}
            )
        if document.kind == "board":
            return render_to_string("assessments/reports/pdf/board.html", {**board(document), **shown})
        return render_to_string("assessments/reports/pdf/full.html", {**full(document), **shown})


def printable(document: ReportDocument, language: str, manifest: ManifestDocument | None = None) -> Printable:
    """Return what is to be drawn; `manifest` says in its footers which report it is."""
    html = render_html(document, language, manifest=manifest)
    fonts = choose_for_html(html, language)
    # Written again where it has to say what cannot be drawn.
    html = render_html(document, language, fonts, manifest) if fonts.undrawn else html
    return Printable(html, fonts, f"@page {{ size: {document.paper} }}\n{_coloured(document)}{fonts.style}")


def _coloured(document: ReportDocument) -> str:
    """The rule that gives headings the colour of the organisation."""
    colour = document.brand.colour
    return f":root {{ --brand: {colour} }}\n" if colour else ""


def board(report: ReportDocument) -> dict[str, Any]:
    """Return the context of the board paper."""
    content = board_paper(report)
    steps = report.joint.steps if report.joint else report.evidence.steps
    return {
        "board": content,
        "brand": report.brand,
        "more_steps": open_steps(content, steps),
        "submitted_on": report.evidence.assessment.submitted_on,
        "is_draft": report.evidence.assessment.status == "draft",
    }


def full(report: ReportDocument) -> dict[str, Any]:
    """Return the context of the full report: the board paper, its own pages, and the annexes."""
    rows = step_rows(report)
    first = board(report)
    return {
        **single(report.joint or report.evidence),
        **first,
        "more_steps": more_steps(len(rows) - len(first["board"].steps)),
        "attribute_pages": attribute_pages(report),
        "stakeholders": stakeholder_pages(report.joint) if report.joint else None,
        "theme_words": themes,
        "all_steps": rows,
        "statement": fact_lines(report.statement) if report.statement else [],
        "action_rows": action_rows(report),
        "has_owners": any(row.planned and (row.planned.owner or row.due) for row in rows),
    }


def single(shown: ResultDocument | JointDocument) -> dict[str, Any]:
    """Return the context of the report on one assessment, with both tracks where stakeholders were asked."""
    joint = shown if isinstance(shown, JointDocument) else None
    document = shown.result if isinstance(shown, JointDocument) else shown
    panel = panel_context(joint) if joint else {}
    lists = lists_context(joint, panel) if joint else {}
    items = document.items()
    steps = joint.steps if joint else document.steps
    restricted = [str(STAMP_RESTRICTED)] if joint and joint.is_restricted else []
    return {
        **panel,
        **lists,
        "remarks": remarks_by_head(joint.comments, comment_heads(document.attributes, items.values())) if joint else [],
        "document": document,
        "items_by_code": items,
        "digest": document_digest(as_frozen(document)),
        "panel_digest": document_digest(joint.panel) if joint else "",
        "stamps": [*restricted, *standard.stamps(document)],
        "is_first_set": standard.is_first_set(document.question_set.slug, document.question_set.version),
        "has_four_levels": document.question_set.top_level == FOUR_LEVELS,
        "credit": document.question_set.credit,
        "framework": next((line.framework for line in document.crosswalk if line.framework), {}),
        "who_says": standard.who_says(document),
        "rated": second_rating_words(document),
        "all_scored": all(attribute.score for attribute in document.attributes),
        "is_draft": document.assessment.status == "draft",
        "attributes": [_attribute(a, panel, document.question_set.top_level) for a in document.attributes],
        "weakest": [document.attribute(code) for code in document.weakest],
        "steps": steps,
        "all_steps": [*steps.head, *steps.others],
        "evidence_labels": EVIDENCE_LABELS,
        "strengths": [items[code] for code in steps.strengths],
        **evidence_context(document, steps),
        "reviewing": review_shown(document, document.review) if document.review else None,
        "index_range": standard.index_range(document) if document.assessment.show_index else "",
        "scored_count": sum(item.scored for item in items.values()),
        "sentences": _constants(),
    }


def _attribute(attribute: AttributeResult, panel: Mapping[str, Any], top_level: int) -> dict[str, Any]:
    """An attribute with its standard sentences, and what stakeholders say of it."""
    return {
        "part": attribute,
        "sentences": _about(attribute, top_level),
        "letter_note": evidence_sentences.letter_note(attribute),
        "experience": panel["panel_attributes"].get(attribute.code) if panel else None,
        "perceived": panel["perceived_attributes"].get(attribute.code) if panel else None,
    }


def _about(attribute: AttributeResult, top_level: int) -> list[str]:
    """The standard sentences that hold for an attribute."""
    about = [] if attribute.status == "shown" else [evidence_sentences.status_sentence(attribute)]
    if attribute.status != "not_applicable":
        about.append(_("%(words)s.") % {"words": evidence_sentences.in_words(attribute)})
    return [*about, *filter(None, [standard.one_question(attribute, top_level)])]


def _constants() -> dict[str, Any]:
    """The standard sentences that are the same in every report, by name."""
    return {name.lower(): value for name, value in vars(standard).items() if name.isupper()}
