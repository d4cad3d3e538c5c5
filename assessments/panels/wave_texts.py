"""What a wave says in the languages of those who are asked: which texts there are, and which are not said in which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Wave, WaveGroup
from attributes.texts import language_name

LONG, SHORT = 2000, 200
MOST_NAMED = 3  # of what is missing in a language
KINDS = ("process", "notice", "organisation", "responsible", "resource")


@dataclass(frozen=True)
class SpokenText:
    """A text of a wave in one of its languages: its own words, or none; and those it falls back to.

    `kind` is one of KINDS, or the name of a group. `group` is its number, 0 for texts of the wave.
    """

    kind: str
    group: int
    language: str
    label: str
    original: str
    own: str

    @property
    def name(self) -> str:
        """The name of its input."""
        return f"{self.kind}-{self.group}-{self.language}" if self.group else f"{self.kind}-{self.language}"

    @property
    def longest(self) -> int:
        """How many characters it may have."""
        return LONG if self.kind == "notice" else 100 if self.group else SHORT


def spoken_texts(wave: Wave, groups: Sequence[WaveGroup]) -> list[SpokenText]:
    """Every text of a wave in every one of its languages but the one it is written in. Without a query."""
    return [
        text
        for language in wave.languages
        for text in (*_of_wave(wave, language), *_of_groups(wave, groups, language))
        if text.original
    ]


def _of_wave(wave: Wave, language: str) -> Iterator[SpokenText]:
    process = wave.assessment.process
    of_process = process.language or wave.first_language
    known = {
        "process": (_("What the process is called"), process.name, of_process),
        "notice": (_("Who asks, and why"), wave.notice, wave.first_language),
        "organisation": (_("The organisation that runs it"), process.organisation, of_process),
        "responsible": (_("Who is responsible for the answers"), wave.responsible, wave.first_language),
        "resource": (_("What it governs, as it stands in the questions"), process.resource, of_process),
    }
    for kind in KINDS:
        label, original, written_in = known[kind]
        if written_in != language:
            own = wave.texts.get(language, {}).get(kind, "")
            yield SpokenText(kind, 0, language, label, original, own)


def _of_groups(wave: Wave, groups: Sequence[WaveGroup], language: str) -> Iterator[SpokenText]:
    if language == wave.first_language:
        return
    for group in groups:
        label = _("Group “%(name)s”") % {"name": group.name}
        yield SpokenText("group", group.pk, language, label, group.name, group.names.get(language, ""))


def unsaid(wave: Wave, groups: Sequence[WaveGroup]) -> list[str]:
    """What is not said in which language, a sentence for each language."""
    missing: dict[str, list[str]] = {}
    for text in spoken_texts(wave, groups):
        if not text.own:
            missing.setdefault(text.language, []).append(text.label)
    return [_unsaid_in(language_name(language), labels) for language, labels in missing.items()]


def _unsaid_in(language: str, labels: Sequence[str]) -> str:
    """The first few by name: the page where they are written has them all."""
    named = {"language": language, "texts": "; ".join(labels[:MOST_NAMED])}
    more = len(labels) - MOST_NAMED
    if more <= 0:
        return _("Not said in this language: %(language)s. %(texts)s.") % named
    sentence = ngettext(
        "Not said in this language: %(language)s. %(texts)s; and %(more)s other text.",
        "Not said in this language: %(language)s. %(texts)s; and %(more)s other texts.",
        more,
    )
    return sentence % {**named, "more": more}
