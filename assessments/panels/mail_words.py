"""What mails to stakeholders say, in the language of each: the standing words, and what an organiser wrote of them.

An organiser writes the subject and the beginning. Who sees what, until when, whom to ask and what becomes of the
address always follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from django.urls import reverse
from django.utils.formats import date_format

from assessments.mail_texts import SUBJECT_LENGTH
from assessments.models import Wave, WaveGroup, WaveMailText
from assessments.panels.minutes import short_form_of, size_for
from assessments.vocabulary import GroupMode, LinkKind, MailKind
from assessments.wording import say, speaking
from assessments.wording.days import last_day_plain
from assessments.wording.saying import WaveNames, is_unchecked, names_of
from attributes.texts import LocalisedText, is_of_page, language_name

OwnTexts = Mapping[tuple[str, str], WaveMailText]


@dataclass(frozen=True)
class WrittenWords:
    """Who a mail is from, what it is about, and what it says."""

    sender_name: str
    subject: str
    body: str


@dataclass(frozen=True)
class MailWriter:
    """Writes mails to people of one group. `root` is the address of this site, `contact` whom they can write to."""

    group: WaveGroup
    contact: str
    root: str = ""
    own: OwnTexts = field(default_factory=dict)

    @classmethod
    def of(cls, group: WaveGroup, contact: str, root: str = "") -> Self:
        """The writer for a group that comes with its wave, assessment and process. One query."""
        texts = WaveMailText.objects.filter(wave=group.wave)
        return cls(group, contact, root, {(text.kind, text.language): text for text in texts})

    @property
    def wave(self) -> Wave:
        """The wave."""
        return self.group.wave

    def language(self, wanted: str) -> str:
        """The language of a mail: that of the link, else the first of the wave."""
        return wanted or self.wave.first_language

    def write(self, kind: MailKind, link: str, wanted: str = "", *, is_used: bool = False) -> WrittenWords:
        """Write a mail. `is_used`: to somebody who has finished, whom an organiser wrote to once more."""
        language = self.language(wanted)
        names = names_of(self.wave, language, self.group)
        text = self.own.get((kind, language))
        with speaking(language):
            subject = (text.subject if text else "") or say(f"mails.{kind}_subject", process=names.process)
            parts = self._finished(names) if is_used else self._parts(kind, link, language, names, text)
            body = "\n\n".join(part.strip() for part in (*parts, _unofficial()) if part.strip())
        return WrittenWords(str(names.process), " ".join(subject.split())[:SUBJECT_LENGTH], f"{body}\n")

    def forward(self, kind: MailKind, wanted: str = "", link: str = "") -> str:
        """A text that an organiser passes on in a list or a chat: with the open link, or about links handed out."""
        language = self.language(wanted)
        names = names_of(self.wave, language, self.group)
        with speaking(language):
            parts = self._forwarded(kind, link, names)
            return "\n\n".join(part.strip() for part in (*parts, _unofficial()) if part.strip())

    def _finished(self, names: WaveNames) -> list[str]:
        return [say("mails.hello"), say("mails.used", process=names.process)]

    def _parts(
        self, kind: MailKind, link: str, language: str, names: WaveNames, text: WaveMailText | None
    ) -> list[str]:
        key = "asked" if kind == MailKind.INVITATION else str(kind)
        usual = [say("mails.hello"), say(f"mails.{key}", process=names.process)]
        begins = [text.opening] if text and text.opening else usual
        if kind == MailKind.THANKS:
            return [*begins, *self._thanks(language)]
        replaces = [say("mails.reminder_link")] if kind == MailKind.REMINDER else []
        on_record = self.group.mode == GroupMode.ON_RECORD
        return [
            *begins,
            *replaces,
            _named_language(names.notice),
            f"{say('mails.your_link')}\n{link}",
            say("mails.record" if on_record else "mails.member", group=names.group),
            self._practical("mails.practical"),
            self._results(),
            self._asked_by(names),
            say("mails.ignore_record" if on_record else "mails.ignore"),
        ]

    def _thanks(self, language: str) -> list[str]:
        address = reverse("assessments:respond-results", args=[self.wave.code])
        planned = say("mails.thanks_planned", day=self._day()) if self.wave.results_on else ""
        return [
            say("mails.thanks_all"),
            f"{say('mails.thanks_read')}\n{self.root.rstrip('/')}{address}?language={language}",
            " ".join(part for part in (planned, say("mails.thanks_link")) if part),
            say("mails.questions", contact=self.contact) if self.contact else "",
            say("mails.thanks_last"),
        ]

    def _forwarded(self, kind: MailKind, link: str, names: WaveNames) -> list[str]:
        is_open = self.group.link_kind == LinkKind.OPEN
        begins = "mails.forward_reminder" if kind == MailKind.REMINDER else "mails.asked"
        return [
            say(begins, process=names.process),
            "" if kind == MailKind.REMINDER else _named_language(names.notice),
            f"{say('mails.forward_link')}\n{link or say('mails.here_link')}" if is_open else say("mails.forward_card"),
            say("mails.forward_member", group=names.group),
            self._practical("mails.forward_practical"),
            self._asked_by(names),
        ]

    def _practical(self, key: str) -> str:
        """How long it takes and until when; of a short form, how much is asked."""
        least, most = size_for(self.wave).said
        words = say(key, end=last_day_plain(self.wave.until_when) or "…", least=least, most=most)
        short = short_form_of(self.wave)
        return words if short is None else f"{words} {say('short.told', asked=short[0], total=short[1])}"

    def _results(self) -> str:
        day = self.wave.results_on
        return say("mails.results_planned", day=self._day()) if day else say("mails.results_later")

    def _day(self) -> str:
        return date_format(self.wave.results_on, "DATE_FORMAT") if self.wave.results_on else ""

    def _asked_by(self, names: WaveNames) -> str:
        responsible = say("mails.responsible", name=names.responsible) if names.responsible else ""
        questions = say("mails.questions", contact=self.contact) if self.contact else ""
        return " ".join(part for part in (responsible, questions) if part)


def _unofficial() -> str:
    """That nobody who speaks the language has checked the words, as pages say too."""
    return say("base.unofficial") if is_unchecked() else ""


def _named_language(words: LocalisedText) -> str:
    """What an organiser wrote; where it is in another language than the mail, that is said: nothing can be marked."""
    if not words or is_of_page(words.lang):
        return str(words)
    return f"{say('mails.only_in', language=language_name(words.lang))}\n{words}"
