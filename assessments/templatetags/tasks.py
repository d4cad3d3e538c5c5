"""Template tags of lists of things to do. In Python: there may be 500 lines, and a template takes long for each."""

from typing import Protocol

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.models import QuestionAssignment
from assessments.vocabulary import Progress
from attributes.texts import filled

register = template.Library()


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


@register.simple_tag
def question_line(line: ListedQuestion, given: QuestionAssignment | None = None, give: str = "") -> SafeString:
    """A question in a list, with whom it was `given` to, and where it can be given to somebody while it is open."""
    is_open = line.state not in (Progress.COMPLETED, Progress.NOT_ASKED)
    described, standing = "", ""
    if line.standing:
        described = f' aria-describedby="status-{line.number}"'
        words = conditional_escape(line.standing)
        standing = f'<span class="tag status-{line.state}" id="status-{line.number}">{words}</span>'
    return SafeString(
        f'<li class="task hub-line"> <div class="task-name"> '
        f'<a href="{conditional_escape(line.address)}"{described}>{line.number}. {conditional_escape(line.short)}</a> '
        f'<p class="hub-verbatim">{conditional_escape(line.verbatim)}</p> '
        f"{_given(given, is_open=is_open) if given else ''} </div> "
        f'<div class="hub-side"> {standing} {_give(line, given, give) if give and is_open else ""} </div> </li>'
    )


def _given(given: QuestionAssignment, *, is_open: bool) -> str:
    day = given.until
    words = _("Given to %(person)s, by %(day)s") if day else _("Given to %(person)s")
    late = " hub-late" if given.is_late and is_open else ""
    return f'<p class="hub-given{late}"> {filled(words, {"person": str(given.member.user), "day": day})} </p>'


def _give(line: ListedQuestion, given: QuestionAssignment | None, address: str) -> str:
    words = _("Give to another") if given else _("Give to a member")
    number = _("(question %(number)s)") % {"number": line.number}
    return f'<a href="{conditional_escape(address)}"> {words} <span class="visually-hidden">{number}</span> </a>'
