"""What an answer to one item becomes as an answer to another: contents in, content and reasons out.

Nothing that a person wrote is lost on the way: words that have no place of their own in the new item go into the
comment. Choices that the new item does not offer are left out, and that is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from assessments.answers.value import (
    ANSWERED,
    DONT_KNOW,
    NOT_APPLICABLE,
    UNANSWERED,
    AnswerContent,
    OptionContent,
    canonical,
    is_empty,
    link_lines,
)
from assessments.moving.matching import asks_alike, letters_of
from attributes.catalogue.types import CatalogueItem, CatalogueLevel
from attributes.kinds import CHECKLIST_KINDS, Kind
from attributes.texts import TextMap, localise

Scale = Sequence[CatalogueLevel]
# As the columns of an answer, and archives, take them.
LONG, LINKS, REASON = 20_000, 10_000, 2_000


@dataclass(frozen=True)
class Source:
    """An answer to an item of the earlier version."""

    item: CatalogueItem
    content: AnswerContent
    scale: Scale


@dataclass(frozen=True)
class Converted:
    """What becomes of it, and in sentences what could not stay as it was."""

    content: AnswerContent
    notes: tuple[str, ...] = ()


def converted(source: Source, item: CatalogueItem, scale: Scale) -> Converted:
    """Return the answer as an answer to `item`, which may be of another kind and offer other choices."""
    old, content = source.item, source.content
    if asks_alike(old, item) and (item.kind is not Kind.RATING or letters_of(scale) == letters_of(source.scale)):
        return Converted(content)
    if not _same_kind(old, item):
        if _is_bare(content):
            return Converted(_limited(canonical(item, content)))
        note = _("It is asked in another way: the answer has to be given again, evidence and comments stay.")
        return Converted(words_only(source, item).content, (note,))
    notes: list[str] = []
    found: AnswerContent = content
    spare: list[tuple[str, str]] = []
    if found.state == NOT_APPLICABLE and not item.na_allowed:
        notes.append(_("“Not applicable” is no longer possible; the reason given stays in the comment."))
        spare.append((_("Why it was not applicable"), found.not_applicable_reason))
        found = replace(found, state=UNANSWERED, not_applicable_reason="")
    if item.kind is Kind.RATING:
        found = _rated(source, found, scale, notes)
    elif item.kind in CHECKLIST_KINDS:
        found, lost = _listed(old, found, item, notes)
        spare += lost
    return Converted(_limited(canonical(item, _commented(found, spare)), notes), tuple(notes))


def words_only(source: Source, item: CatalogueItem) -> Converted:
    """Return everything but the choice: evidence and comment, and in the comment the words beside the choice."""
    old, content = source.item, source.content
    labels = {option.key: _label(option.label) for option in old.options}
    words = [(labels.get(key, ""), line.text) for key, line in content.options.items()]
    words += [
        (_("Other"), content.other),
        ("", content.text),
        (_("Why it was not applicable"), content.not_applicable_reason),
    ]
    bare = AnswerContent(
        evidence_class=content.evidence_class,
        evidence_text=content.evidence_text,
        evidence_links=content.evidence_links,
        evidence_source=content.evidence_source,
        comment=content.comment,
        moved_because=content.moved_because,
    )
    notes: list[str] = []
    return Converted(_limited(canonical(item, _commented(bare, words)), notes), tuple(notes))


def merged(sources: Sequence[Source], item: CatalogueItem, scale: Scale) -> Converted:
    """Return one answer made of several: their choice where they all made the same, the words of all in any case."""
    each = [converted(source, item, scale) for source in sources]
    notes = list(dict.fromkeys(note for one in each for note in one.notes))
    contents = [one.content for one in each]
    first = contents[0]
    if item.kind is not Kind.OPEN_TEXT and any(_choice(content) != _choice(first) for content in contents):
        notes.append(_("The answers differ: it has to be answered again. Comments and evidence of all are kept."))
        contents = [words_only(source, item).content for source in sources]
        first = AnswerContent()
    codes = [source.item.code for source in sources]
    keys = list(dict.fromkeys(key for content in contents for key in content.options))
    shown = [content for content in contents if not _bare_of_evidence(content)]
    classes, sources_of = {content.evidence_class for content in shown}, {content.evidence_source for content in shown}
    joined = AnswerContent(
        state=ANSWERED if item.kind is Kind.OPEN_TEXT and any(content.text for content in contents) else first.state,
        level=first.level,
        options={
            key: OptionContent(
                first.options.get(key, OptionContent()).state,
                _together(codes, [content.options.get(key, OptionContent()).text for content in contents]),
            )
            for key in keys
        },
        other=_together(codes, [content.other for content in contents]),
        text=_together(codes, [content.text for content in contents]),
        not_applicable_reason=_together(codes, [content.not_applicable_reason for content in contents]),
        # Classes that differ would vouch for evidence they were not chosen for.
        evidence_class=classes.pop() if len(classes) == 1 else "",
        evidence_text=_together(codes, [content.evidence_text for content in contents]),
        evidence_links="\n".join(
            dict.fromkeys(line for content in contents for line in link_lines(content.evidence_links))
        ),
        evidence_source=sources_of.pop() if len(sources_of) == 1 else "",
        comment=_together(codes, [content.comment for content in contents]),
        moved_because=_together(codes, [content.moved_because for content in contents]),
    )
    return Converted(_limited(canonical(item, joined), notes), tuple(notes))


def _label(text: TextMap) -> str:
    return str(localise(text))


def _same_kind(old: CatalogueItem, new: CatalogueItem) -> bool:
    return old.kind == new.kind and old.has_named_options == new.has_named_options


def _is_bare(content: AnswerContent) -> bool:
    """Whether nothing but evidence and a comment was given."""
    return is_empty(replace(content, evidence_class="", evidence_text="", evidence_links="", comment=""))


def _bare_of_evidence(content: AnswerContent) -> bool:
    return not (content.evidence_class or content.evidence_text or content.evidence_links)


def _choice(content: AnswerContent) -> tuple[object, ...]:
    """What was chosen, without any words."""
    return content.state, content.level, {key: line.state for key, line in content.options.items() if line.state}


def _rated(source: Source, content: AnswerContent, scale: Scale, notes: list[str]) -> AnswerContent:
    if content.level is None:
        return content
    letters = letters_of(scale)
    if content.level not in letters:
        notes.append(_("The scale no longer has the level that was chosen: it has to be answered again."))
        return replace(content, state=UNANSWERED, level=None)
    if letters != letters_of(source.scale):
        notes.append(_("The scale has changed: look whether the level still fits."))
    return content


def _listed(
    old: CatalogueItem, content: AnswerContent, item: CatalogueItem, notes: list[str]
) -> tuple[AnswerContent, list[tuple[str, str]]]:
    """Lines by their keys. Returns also the words for which there is no line any more."""
    keys, states = set(item.option_keys), {state.key for state in item.states} | {DONT_KNOW, NOT_APPLICABLE, ""}
    labels = {option.key: _label(option.label) for option in old.options}
    lines, spare = {}, []
    for key, line in content.options.items():
        if key not in keys:
            notes.append(_("The line “%(line)s” is no longer asked.") % {"line": labels.get(key, key)})
            spare.append((labels.get(key, ""), line.text))
        elif line.state not in states or (line.state == NOT_APPLICABLE and not _lines_may_be_left_out(item)):
            name = labels.get(key, "")
            notes.append(
                _("What was chosen for “%(line)s” can no longer be chosen.") % {"line": name}
                if name
                else _("What was chosen can no longer be chosen: it has to be answered again.")
            )
            lines[key] = OptionContent("", line.text)
        else:
            lines[key] = line
    if content.other and not item.other_allowed:
        notes.append(_("There is no line for others any more; what was written there stays in the comment."))
        spare.append((_("Other"), content.other))
        content = replace(content, other="")
    new = [option for option in item.options if option.key not in {before.key for before in old.options}]
    if new and content.state in {ANSWERED, DONT_KNOW}:
        named = ", ".join(_label(option.label) for option in new)
        notes.append(_("Not answered yet: the new lines %(lines)s.") % {"lines": named})
    return replace(content, options=lines), spare


def _lines_may_be_left_out(item: CatalogueItem) -> bool:
    """As the form has it: "not applicable" is offered for lines of items that are scored."""
    return item.scored or not item.has_named_options


def _commented(content: AnswerContent, words: Sequence[tuple[str, str]]) -> AnswerContent:
    """Put words that have no other place below the comment, each with what it belongs to."""
    found = [f"{label}: {text}" if label else text for label, text in words if text]
    return replace(content, comment="\n\n".join([*([content.comment] if content.comment else []), *found]))


def _together(codes: Sequence[str], texts: Sequence[str]) -> str:
    """The words of several answers, each with the code of its item; once where all say the same."""
    given = [(code, text) for code, text in zip(codes, texts, strict=True) if text]
    if len({text for _code, text in given}) <= 1:
        return given[0][1] if given else ""
    return "\n\n".join(f"{code}: {text}" for code, text in given)


def _limited(content: AnswerContent, notes: list[str] | None = None) -> AnswerContent:
    """Cut what joining has made longer than can be stored; the whole text stays with the earlier version."""
    options = {key: replace(line, text=_cut(line.text, REASON)) for key, line in content.options.items()}
    found = replace(
        content,
        options=options,
        other=_cut(content.other, REASON),
        text=_cut(content.text, LONG),
        not_applicable_reason=_cut(content.not_applicable_reason, REASON),
        evidence_text=_cut(content.evidence_text, LONG),
        evidence_links=_cut_lines(content.evidence_links, LINKS),
        comment=_cut(content.comment, LONG),
        moved_because=_cut(content.moved_because, REASON),
    )
    if found != content and notes is not None:
        notes.append(_("Together the texts are too long for one answer; the whole of it stays in the earlier version."))
    return found


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _cut_lines(text: str, limit: int) -> str:
    """Whole lines only: half an address is none."""
    return text if len(text) <= limit else text[: text[: limit + 1].rfind("\n") + 1].rstrip("\n")
