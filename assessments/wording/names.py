"""What a wave and its groups are called in the language of those who are asked."""

from dataclasses import dataclass

from assessments.models import Wave, WaveGroup
from attributes.texts import LocalisedText


@dataclass(frozen=True)
class WaveNames:
    """Texts of the organiser, each in the language asked for or in the best there is, which it knows."""

    process: LocalisedText
    organisation: LocalisedText
    notice: LocalisedText
    responsible: LocalisedText
    group: LocalisedText | None = None


def names_of(wave: Wave, language: str, group: WaveGroup | None = None) -> WaveNames:
    """The names for pages and mails in a language. The wave comes with its process, the group with the wave."""
    return WaveNames(
        process=wave.process_in(language),
        organisation=wave.organisation_in(language),
        notice=wave.notice_in(language),
        responsible=wave.responsible_in(language),
        group=group.name_in(language) if group else None,
    )
