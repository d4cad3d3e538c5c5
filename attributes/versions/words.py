"""Kinds of change, levels and fields in words, for pages, files and the command line."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attributes.documents.differences import FieldChange, Structure, StructureChange
from attributes.documents.documents import Address
from attributes.documents.values import ORDER
from attributes.documents.versioning import ChangeReason, Level, VersionChange

LEVELS: dict[Level, Promise] = {
    Level.NONE: gettext_lazy("no change"),
    Level.PATCH: gettext_lazy("patch"),
    Level.MINOR: gettext_lazy("minor"),
    Level.MAJOR: gettext_lazy("major"),
}
_REASONS: dict[ChangeReason, Promise] = {
    ChangeReason.SPELLING: gettext_lazy("spelling"),
    ChangeReason.WORDING: gettext_lazy("wording"),
    ChangeReason.TRANSLATION: gettext_lazy("translation"),
    ChangeReason.LANGUAGE_ADDED: gettext_lazy("language added"),
    ChangeReason.LANGUAGE_REMOVED: gettext_lazy("language taken out"),
    ChangeReason.LANGUAGE_ORDER: gettext_lazy("another language comes first"),
    ChangeReason.ANSWERS: gettext_lazy("what can be answered"),
    ChangeReason.KIND: gettext_lazy("kind of item"),
    ChangeReason.FLAG: gettext_lazy("how it is asked or counted"),
    ChangeReason.ADVICE: gettext_lazy("prompts and recommendations"),
    ChangeReason.ORDER: gettext_lazy("order"),
    ChangeReason.OTHER: gettext_lazy("other content"),
    ChangeReason.SCALE: gettext_lazy("the scale"),
    ChangeReason.CREDIT: gettext_lazy("credit of an answer"),
    ChangeReason.ADDED: gettext_lazy("added"),
    ChangeReason.REMOVED: gettext_lazy("removed"),
    ChangeReason.SPLIT: gettext_lazy("split"),
    ChangeReason.MERGED: gettext_lazy("merged"),
    ChangeReason.REPLACED: gettext_lazy("replaced"),
    ChangeReason.MOVED: gettext_lazy("moved within its attribute"),
    ChangeReason.MOVED_AWAY: gettext_lazy("moved to another attribute"),
    ChangeReason.REORDERED: gettext_lazy("moved up or down"),
}
_PLACES: dict[str, Promise] = {
    "attribute": gettext_lazy("Attribute %(code)s"),
    "question": gettext_lazy("Question %(code)s"),
    "item": gettext_lazy("Item %(code)s"),
    "set": gettext_lazy("The question set"),
    "scale": gettext_lazy("Scale"),
    "criteria": gettext_lazy("Criteria"),
    "goals": gettext_lazy("Goals"),
    "components": gettext_lazy("Components"),
    "crosswalk": gettext_lazy("Crosswalk"),
    "contradictions": gettext_lazy("Contradictions"),
}
_STEPS: dict[str, Promise] = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "credit": gettext_lazy("credit"),
    "resource_default": gettext_lazy("what the process looks after"),
    "languages": gettext_lazy("languages"),
    "experimental": gettext_lazy("experimental"),
    "source": gettext_lazy("source"),
    "publisher": gettext_lazy("publisher"),
    "year": gettext_lazy("year"),
    "url": gettext_lazy("address"),
    "slug": gettext_lazy("short name in addresses"),
    "source_lines": gettext_lazy("lines in the source"),
    "basis_lines": gettext_lazy("lines in the source"),
    "basis_quote": gettext_lazy("quotation"),
    "basis_case": gettext_lazy("case that the quotation tells of"),
    "quotations": gettext_lazy("quotation"),
    "verbatim": gettext_lazy("words of the source"),
    "kind": gettext_lazy("kind"),
    "short": gettext_lazy("short name"),
    "text": gettext_lazy("text"),
    "note": gettext_lazy("note"),
    "scored": gettext_lazy("scored"),
    "critical": gettext_lazy("critical"),
    "na_allowed": gettext_lazy("may be not applicable"),
    "na_condition": gettext_lazy("when it is not applicable"),
    "stakeholder_primary": gettext_lazy("stakeholders know it best"),
    "quick_check": gettext_lazy("asked in the quick check"),
    "short_form": gettext_lazy("stands for its question in the short form"),
    "audience": gettext_lazy("who is asked"),
    "other_allowed": gettext_lazy("free line"),
    "replaces": gettext_lazy("takes the place of"),
    "anchors": gettext_lazy("level"),
    "options": gettext_lazy("line"),
    "states": gettext_lazy("answer"),
    "evidence_prompts": gettext_lazy("evidence prompt"),
    "recommendations": gettext_lazy("recommendation"),
    "trigger": gettext_lazy("when it is shown"),
    "scale": gettext_lazy("level"),
    "letter": gettext_lazy("letter"),
    "label": gettext_lazy("label"),
    "meaning": gettext_lazy("meaning"),
    "criteria": gettext_lazy("criterion"),
    "goals": gettext_lazy("goal"),
    "components": gettext_lazy("component"),
    "crosswalk": gettext_lazy("principle"),
    "framework": gettext_lazy("framework"),
    "item_codes": gettext_lazy("items"),
    "not_covered": gettext_lazy("what is not covered"),
    "contradictions": gettext_lazy("rule"),
    "a": gettext_lazy("first item"),
    "a_states": gettext_lazy("answers of the first item"),
    "b": gettext_lazy("second item"),
    "b_states": gettext_lazy("answers of the second item"),
    "named_states": gettext_lazy("answers only named"),
    "process_default": gettext_lazy("what a process is called"),
    "lead_in": gettext_lazy("how the source leads to its questions"),
    "participant_text": gettext_lazy("text for stakeholders"),
    "participant_note": gettext_lazy("note to stakeholders"),
    "participant_label": gettext_lazy("label for stakeholders"),
    "not_for": gettext_lazy("does not apply to"),
    "reading": gettext_lazy("reading"),
    "decides": gettext_lazy("for a process that decides"),
    "recommends": gettext_lazy("for a process that recommends"),
    "sets_standards": gettext_lazy("for a process that sets standards"),
    "dialogues": gettext_lazy("for a dialogue"),
    "shows": gettext_lazy("what of the process stands beside it"),
    "examples": gettext_lazy("example"),
    "why_critical": gettext_lazy("why it is critical"),
    "evidence_sentence": gettext_lazy("sentence asked for"),
    "show_it": gettext_lazy("advice to show it"),
    "blind_spot": gettext_lazy("advice on a blind spot"),
    "derived_from": gettext_lazy("follows another list"),
    "item": gettext_lazy("item"),
    "when": gettext_lazy("answer there"),
    "then": gettext_lazy("answer here"),
    "help": gettext_lazy("help"),
    "needs_text": gettext_lazy("needs a text"),
    ORDER: gettext_lazy("order"),
}


def level_words(level: Level) -> str:
    """The name of a level: patch, minor, major."""
    return str(LEVELS[level])


def place_words(where: Address) -> str:
    """A part of a document, such as "Item IT1a"."""
    return str(_PLACES[where.kind]) % {"code": where.code}


def path_words(path: Sequence[str]) -> str:
    """A value inside a part, such as "level 2, text"."""
    words: list[str] = []
    for step in path:
        name = _STEPS.get(step)
        if name is not None:
            words.append(str(name))
        elif words:
            words[-1] += f" {step}"
        else:
            words.append(step)
    return ", ".join(words)


def reason_words(change: VersionChange) -> str:
    """Why a change has its level, in a few words; the place is named apart."""
    reason = str(_REASONS[change.reason])
    if isinstance(change.source, StructureChange):
        return structure_words(change.source) if change.reason is not ChangeReason.MOVED_AWAY else reason
    if change.reason in (ChangeReason.LANGUAGE_ADDED, ChangeReason.LANGUAGE_REMOVED):
        return f"{reason}: {', '.join(_languages(change))}"
    where = path_words(change.source.path)
    language = f" ({change.source.language})" if change.reason is ChangeReason.TRANSLATION else ""
    return f"{reason}: {where}{language}"


def _languages(change: VersionChange) -> list[str]:
    if not isinstance(change.source, FieldChange):
        return []
    return sorted(set(change.source.old or ()) ^ set(change.source.new or ()))


def structure_words(change: StructureChange) -> str:
    """What happened to a part as a whole."""
    names = {"before": ", ".join(change.before), "after": ", ".join(change.after)}
    if change.what is Structure.SPLIT:
        return _("%(before)s split into %(after)s") % names
    if change.what is Structure.MERGED:
        return _("%(before)s merged into %(after)s") % names
    if change.what is Structure.REPLACED:
        return _("takes the place of %(before)s") % names
    if change.what is Structure.MOVED:
        return _("moved from %(before)s to %(after)s") % names
    return str(_REASONS[ChangeReason(change.what.value)])


def value_words(value: object) -> str:
    """A value that is no text in several languages."""
    if value is None or value is False:
        return _("no") if value is False else ""
    if value is True:
        return _("yes")
    return ", ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)
