"""The full report as a Word file: its pages, from the same values as the PDF. The annexes stay there.

What groups wrote and what was replied is told from `stakeholder_pages`, like the page of the PDF.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document

from assessments.documents.report import ReportDocument
from assessments.documents.themes import CommentLine
from assessments.headlines.themes import CLEARED, IN_THEIR_WORDS, WRITTEN, reply_head
from assessments.reports.board import board_paper
from assessments.reports.docx import paper_facts, write_board
from assessments.reports.docx_parts import Writer, bytes_of
from assessments.reports.docx_shared import set_paper, write_heat
from assessments.reports.full import (
    AttributePage,
    StepRow,
    action_rows,
    attribute_pages,
    step_rows,
)
from assessments.reports.stakeholders import StakeholderPages, stakeholder_pages
from assessments.statement import fact_lines
from attributes.texts import LocalisedText, localise, reading


def full_docx(report: ReportDocument, language: str, picture: bytes | None = None) -> bytes:
    """Return the full report in a language, with its profile as a PNG where there is one.

    The same report and picture give the same bytes.
    """
    with override(language), reading(""):
        content = board_paper(report)
        word = Document()
        writer = Writer(word, language)
        title = _("%(name)s: full report") % {"name": content.name}
        set_paper(writer, report, paper_facts(content, title))
        write_board(writer, report, content, picture, _("Full report"))
        for page in attribute_pages(report):
            _attribute(writer, page, has_groups=report.joint is not None)
        if report.joint:
            _stakeholders(writer, stakeholder_pages(report.joint))
        _steps(writer, step_rows(report))
        _actions(writer, report)
        _statement(writer, report)
        return bytes_of(word)


def _attribute(writer: Writer, page: AttributePage, *, has_groups: bool) -> None:
    attribute = page.attribute
    writer.heading(localise(attribute.title), 1)
    writer.paragraph(localise(attribute.summary))
    message = writer.paragraph(style="Intense Quote")
    writer.run(message, page.headline, bold=True)
    letter = f"{attribute.letter}." if attribute.letter else ""
    writer.paragraph(" ".join(filter(None, (letter, page.counted, *page.figures))))
    if page.items:
        title = _("Items, weakest first")
        head = [_("Item"), _("Counts as"), *([_("Groups")] if has_groups else []), _("Evidence")]
        table = writer.table(head, title=title, words=title)
        for row in page.items:
            groups = [row.groups or "–"] if has_groups else []
            writer.row(table, [localise(row.item.short), row.letter or "–", *groups, row.evidence])


def _stakeholders(writer: Writer, pages: StakeholderPages) -> None:
    """What groups say, what they wrote about, what was replied, and some of their words."""
    writer.heading(_("Where groups agree and where not"), 1)
    writer.paragraph(" ".join(pages.asked))
    if pages.no_scores:
        writer.paragraph(pages.no_scores)
    else:
        writer.paragraph(pages.headline, bold=True)
        write_heat(writer, pages.heat)
        for sentence in pages.divided:
            writer.paragraph(sentence, "List Bullet")
        if pages.more_divided:
            writer.paragraph(pages.more_divided)
    if pages.themes:
        writer.heading(str(WRITTEN), 2)
    for theme in pages.themes:
        writer.heading(theme.title, 3)
        if theme.summary:
            writer.paragraph(theme.summary)
        writer.paragraph(reply_head(theme), bold=bool(theme.reply))
        if theme.reply:
            writer.paragraph(theme.reply)
    if pages.words:
        writer.heading(str(IN_THEIR_WORDS), 2)
    for comment in pages.words:
        _comment(writer, comment)
    if pages.themes or pages.words:
        writer.paragraph(" ".join(filter(None, (str(CLEARED), pages.more_words))))


def _comment(writer: Writer, comment: CommentLine) -> None:
    """The words in their language, the translation, and the group where it may be said."""
    made = writer.paragraph(style="List Bullet")
    writer.run(made, LocalisedText(f"“{comment.text}”", comment.language) if comment.language else f"“{comment.text}”")
    if comment.translation:
        made.add_run().add_break()
        writer.run(made, _("Translation: “%(words)s”") % {"words": comment.translation})
    if comment.group:
        writer.run(made, " – ")
        writer.run(made, comment.of_group)


def _steps(writer: Writer, rows: list[StepRow]) -> None:
    if not rows:
        return
    writer.heading(_("Steps"), 1)
    title = _("One list, most urgent first")
    table = writer.table(
        [_("Step"), _("Kind"), _("What to do, and why"), _("Owner, and by when")], title=title, words=title
    )
    for row in rows:
        planned = row.planned.text if row.planned else ""
        advice = localise(row.advice.text if row.advice else row.part.hint or row.part.settle_by)
        owner = [row.planned.owner, row.due] if row.planned else []
        cells = [
            localise(row.part.short),
            row.kind,
            "\n".join(filter(None, (planned, row.why, advice))),
            "\n".join(filter(None, owner)) or "–",
        ]
        writer.row(table, cells)


def _actions(writer: Writer, report: ReportDocument) -> None:
    rows = action_rows(report)
    if not rows:
        return
    writer.heading(_("Actions"), 1)
    title = _("What was promised on this result, and what became of it")
    head = [_("Action"), _("Owner, and by when"), _("How one will know"), _("What became of it")]
    table = writer.table(head, title=title, words=title)
    for row in rows:
        owner = f"{row.part.owner or _('not named')}\n{row.due or _('no date')}"
        writer.row(table, [row.name, owner, row.part.known_by or "–", row.fate])


def _statement(writer: Writer, report: ReportDocument) -> None:
    if report.statement is None:
        return
    writer.heading(_("Process statement"), 1)
    title = _("How this result came about: facts, not a mark.")
    table = writer.table([_("Fact"), _("Said"), _("What is known of it")], title=title, words=title)
    for fact in fact_lines(report.statement):
        own = [f"{who}: {words}" for who, words in fact.own_words]
        writer.row(table, [fact.name, fact.said, "\n".join(filter(None, (" ".join(fact.sentences), *own)))])
