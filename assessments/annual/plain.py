"""The annual page as plain text, to be pasted into the annual report that a forum owes: headings in words, lines that
are wrapped, and no markup."""

import textwrap
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.annual.content import AnnualContent, annual_content
from assessments.annual.promises import NextRow, PromiseRow
from assessments.documents.annual import AnnualDocument
from attributes.texts import first_direction

LINE = 72
# Marks that keep apart what runs in two directions: a text that is pasted elsewhere is in one.
APART = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200b"))


def annual_text(document: AnnualDocument, readers: str = "") -> str:
    """Return the annual page as text in the active language; `readers` says who may read it, where that is told."""
    content = annual_content(document)
    parts = [*_first(content, readers), *_second(content), content.source]
    return "\n\n".join(_wrapped(part) for part in parts if part) + "\n"


def _first(content: AnnualContent, readers: str) -> Iterator[str]:
    yield content.heading
    yield content.caption
    yield ". ".join(filter(None, [readers, *content.marks])) + "."
    yield f"{content.headline.promises} {content.headline.moved}"
    yield content.foreword
    if content.is_first:
        yield _("Where it stands").upper()
        if content.profile:
            yield from (line.row.title for line in content.profile.lines)
        return
    yield _("What we promised last time").upper()
    yield content.no_promised or content.promised_caption + "."
    yield from (_promised(row) for row in content.promised)
    yield _more(content.promised_more)
    yield _("What moved").upper()
    yield content.not_moved
    yield from (_moved(content, line.name, line.then, line.now, line.words) for line in content.moved)
    yield content.noise or ""
    if content.unpromised:
        yield f"{content.unpromised_lead} {'; '.join(content.unpromised)}."


def _second(content: AnnualContent) -> Iterator[str]:
    yield _("What groups say now").upper()
    if content.groups:
        yield content.groups.caption + "."
        for row in content.groups.rows:
            cells = zip(content.groups.columns, row.cells, strict=True)
            said = "; ".join(f"{name} {_cell(cell.letter or cell.words, cell.note)}" for name, cell in cells)
            yield f"{row.head}: {said}."
    yield content.groups_said
    if content.quoted:
        words = _("In the words of %(group)s: “%(text)s”")
        yield words % {"group": content.quoted.of_group, "text": " ".join(content.quoted.text.split())}
    yield content.themes_said
    for theme in content.themes:
        if theme.reply:
            yield _("%(theme)s: %(reply)s") % {"theme": theme.title, "reply": " ".join(theme.reply.split())}
    yield _("What we promise next").upper()
    yield content.no_promises
    yield from (_next(row) for row in content.promises)
    yield _more(content.promises_more)
    yield _("How sure we are").upper()
    yield from content.sure
    yield content.decided_heading.upper()
    if content.decided:
        yield content.decided.decision
        yield content.decided.comment
    else:
        yield content.no_decision


def _cell(letter: str, note: str) -> str:
    return f"{letter} ({note})" if note else letter


def _promised(row: PromiseRow) -> str:
    return _sentences(
        [
            row.text,
            row.state,
            " ".join(row.happened.split()),
            _("What moved: %(moved)s") % {"moved": row.moved},
            "" if row.is_public else _("Not public"),
        ]
    )


def _next(row: NextRow) -> str:
    return _sentences(
        [
            row.text,
            _("Carried over") if row.carried else "",
            _("Owner: %(owner)s") % {"owner": row.owner} if row.owner else "",
            _("By: %(day)s") % {"day": row.by} if row.by else "",
            _("We will know when: %(sign)s") % {"sign": row.known_by} if row.known_by else "",
            row.state,
            "" if row.is_public else _("Not public"),
        ]
    )


def _moved(content: AnnualContent, name: str, then: str, now: str, words: str) -> str:
    if not then:
        return _sentences([name, words])
    said = {"name": name, "round_then": content.then, "round_now": content.now, "then": then, "now": now}
    return _sentences([_("%(name)s: %(then)s points in %(round_then)s, %(now)s in %(round_now)s") % said, words])


def _more(count: int) -> str:
    if not count:
        return ""
    words = ngettext("%(n)s more promise is not shown here.", "%(n)s more promises are not shown here.", count)
    return words % {"n": count}


def _sentences(parts: Iterable[str]) -> str:
    """The parts one after the other, each ended with a full stop where it has no end of its own."""
    found = [part.strip() for part in parts if part.strip()]
    return " ".join(part if part[-1] in ".!?…。؟" else f"{part}." for part in found)


def _wrapped(part: str) -> str:
    """The lines of a part, none longer than fits a mail. What is written from right to left keeps its marks."""
    plain = part if first_direction(part) == "rtl" else part.translate(APART)
    return "\n".join(
        textwrap.fill(line, LINE, break_long_words=False, break_on_hyphens=False) for line in plain.split("\n")
    )
