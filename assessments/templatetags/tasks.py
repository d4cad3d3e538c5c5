"""Template tags of lists of things to do. In Python: there may be 500 lines, and a template takes long for each."""

from collections.abc import Iterable
from html import escape
from typing import Protocol

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.models import QuestionAssignment
from assessments.vocabulary import Progress
from attributes.texts import filled

register = template.Library()

FINISHED = (Progress.COMPLETED, Progress.NOT_ASKED)


class ListedQuestion(Protocol):
    """A question in a list: where it is, what it is called and asks, and how far it is."""

    @property
    def number(self) -> int:
        """1 for the first question."""

    @property
    def address(self) -> str:
        """Where it is answered."""

    @property
    def short(self) -> SafeString:
        """What it is called."""

    @property
    def verbatim(self) -> SafeString:
        """What it asks."""

    @property
    def state(self) -> str:
        """How far it is."""

    @property
    def standing(self) -> str:
        """The same in words."""


class GivenQuestion(ListedQuestion, Protocol):
    """A question that may be `given` to somebody, and where it can be given to a member ("" where it cannot)."""

    @property
    def given(self) -> QuestionAssignment | None:
        """To whom it is given."""

    @property
    def give(self) -> str:
        """Where it can be given to somebody while it is open."""


@register.simple_tag
def question_lines(lines: Iterable[ListedQuestion]) -> SafeString:
    """Questions in a list."""
    return SafeString("".join(_line(line) for line in lines))


@register.simple_tag
def given_lines(lines: Iterable[GivenQuestion]) -> SafeString:
    """The same with whom each was given to, and where it can be given to somebody."""
    words = {False: _("Give to a member"), True: _("Give to another")}
    number = _("(question %(number)s)")
    drawn = []
    for line in lines:
        is_open = line.state not in FINISHED
        given = _given(line.given, is_open=is_open) if line.given else ""
        give = _give(line.give, words[bool(line.given)], number % {"number": line.number}) if line.give else ""
        drawn.append(_line(line, given, give if is_open else ""))
    return SafeString("".join(drawn))


def _line(line: ListedQuestion, given: str = "", give: str = "") -> str:
    described, standing = "", ""
    if line.standing:
        described = f' aria-describedby="status-{line.number}"'
        standing = f'<span class="tag status-{line.state}" id="status-{line.number}">{escape(line.standing)}</span>'
    return (
        f'<li class="task hub-line"> <div class="task-name"> '
        f'<a href="{escape(line.address)}"{described}>{line.number}. {conditional_escape(line.short)}</a> '
        f'<p class="hub-verbatim">{conditional_escape(line.verbatim)}</p> {given} </div> '
        f'<div class="hub-side"> {standing} {give} </div> </li>'
    )


def _given(given: QuestionAssignment, *, is_open: bool) -> str:
    day = given.until
    words = _("Given to %(person)s, by %(day)s") if day else _("Given to %(person)s")
    late = " hub-late" if given.is_late and is_open else ""
    return f'<p class="hub-given{late}"> {filled(words, {"person": str(given.member.user), "day": day})} </p>'


def _give(address: str, words: str, number: str) -> str:
    return f'<a href="{escape(address)}"> {words} <span class="visually-hidden">{number}</span> </a>'
