"""The annual page as a Word file, for those who put it into an annual report of their own: all of it, also what two
sheets of paper have no room for."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from docx import Document

from assessments.annual.content import AnnualContent, annual_content
from assessments.documents.report import ReportDocument
from assessments.reports.annual import annual_of, paper_head
from assessments.reports.docx_parts import Writer, bytes_of
from assessments.reports.docx_shared import PaperFacts, set_paper, write_brand, write_heat, write_profile
from attributes.texts import reading


def annual_docx(report: ReportDocument, language: str) -> bytes:
    """Return the annual page of a report in a language. The same report gives the same bytes."""
    with override(language), reading(""):
        content = annual_content(annual_of(report))
        head = paper_head(report, content)
        word = Document()
        writer = Writer(word, language)
        set_paper(writer, report, PaperFacts(content.heading, "", head.marks, head.identity, head.readers))
        write_brand(writer, report.brand, content.heading)
        writer.heading(content.heading, 1)
        writer.paragraph(content.caption)
        writer.paragraph(" · ".join([head.readers, *content.marks]))
        message = writer.paragraph(style="Intense Quote")
        writer.run(message, f"{content.headline.promises} {content.headline.moved}", bold=True)
        if content.foreword:
            writer.paragraph(content.foreword)
        _then(writer, content)
        _now(writer, content)
        return bytes_of(word)


def _then(writer: Writer, content: AnnualContent) -> None:
    """What was promised and what moved; of a first round where it stands."""
    if content.profile:
        writer.heading(_("Where it stands"), 2)
        write_profile(writer, content.profile, None)
        return
    writer.heading(_("What we promised last time"), 2)
    if content.promised:
        head = [_("Promise"), _("State"), _("What happened"), _("What moved")]
        table = writer.table(head, title=content.promised_caption, words=content.headline.promises)
        for row in content.promised:
            writer.row(
                table, [_marked(row.text, row.is_public), row.state, row.happened or _("Nothing noted"), row.moved]
            )
        writer.paragraph(content.promised_caption)
    _more(writer, content.no_promised, content.promised_more)
    writer.heading(_("What moved"), 2)
    if content.moved:
        title = _("Answered both times, points of 100")
        head = [_("Attribute"), content.then, content.now, _("In words")]
        table = writer.table(head, title=title, words=content.noise or title)
        for line in content.moved:
            writer.row(table, [line.name, line.then or "–", line.now or "–", line.words])
        writer.paragraph(title)
    else:
        writer.paragraph(content.not_moved)
    if content.noise:
        writer.paragraph(content.noise)
    if content.unpromised:
        writer.paragraph(content.unpromised_lead)
        for sentence in content.unpromised:
            writer.paragraph(sentence, "List Bullet")


def _now(writer: Writer, content: AnnualContent) -> None:
    """What groups say, what is promised, how sure it is, and what was decided."""
    writer.heading(_("What groups say now"), 2)
    if content.groups:
        write_heat(writer, content.groups)
    writer.paragraph(content.groups_said)
    if content.quoted:
        words = _("In the words of %(group)s: “%(text)s”")
        writer.paragraph(words % {"group": content.quoted.of_group, "text": content.quoted.text})
    if content.themes_said:
        writer.paragraph(content.themes_said)
    writer.heading(_("What we promise next"), 2)
    if content.promises:
        _promises(writer, content)
    _more(writer, content.no_promises, content.promises_more)
    writer.heading(_("How sure we are"), 2)
    for sentence in content.sure:
        writer.paragraph(sentence, "List Bullet")
    writer.heading(content.decided_heading, 2)
    if content.decided is None:
        writer.paragraph(content.no_decision)
        return
    writer.paragraph(content.decided.decision)
    if content.decided.comment:
        writer.paragraph(content.decided.comment)


def _promises(writer: Writer, content: AnnualContent) -> None:
    title = _("Promised on this result")
    head = [_("Promise")]
    head += [_("Owner")] if content.has_owners else []
    head += [_("By")] if content.has_days else []
    head += [_("We will know when")] if content.has_signs else []
    table = writer.table(head, title=title, words=title)
    for row in content.promises:
        text = _("Carried over: %(promise)s") % {"promise": row.text} if row.carried else row.text
        cells = [_marked(f"{text}\n{row.state}" if row.state else text, row.is_public)]
        cells += [row.owner or _("not named")] if content.has_owners else []
        cells += [row.by or _("no date")] if content.has_days else []
        cells += [row.known_by or _("not said")] if content.has_signs else []
        writer.row(table, cells)


def _marked(text: str, is_public: bool) -> str:
    return text if is_public else _("%(promise)s (not public)") % {"promise": text}


def _more(writer: Writer, nothing: str, count: int) -> None:
    """Say that there is nothing, or how much more there is."""
    if nothing:
        writer.paragraph(nothing)
    elif count:
        words = ngettext("%(n)s more promise is not shown here.", "%(n)s more promises are not shown here.", count)
        writer.paragraph(words % {"n": count})
