"""How a respondent is known from page to page: by a signed cookie with the token of their link, and by nothing else.

No session, no user: whoever answers may be signed in in the same browser, and nobody shall be able to tell.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from assessments.models import PanelLink, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.panels.minutes import short_form_of, size_for
from assessments.respond.languages import (
    CHOOSE,
    drawn,
    language_for,
    language_without_link,
    languages_of,
    to_choose_without_link,
)
from assessments.respond.pages import words_typed
from assessments.respond.questionnaire import AskedQuestion, LinkState, asked_questions, link_of, link_state_of
from assessments.respond.services import choose_language, questionnaire_mark
from assessments.vocabulary import GroupMode, LinkKind
from assessments.wording import speaking
from assessments.wording.saying import names_of
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.texts import Wording, direction

View = Callable[..., HttpResponse]

COOKIE = "respondent"
SALT = "assessments.respondent"
USABLE = frozenset({LinkState.USABLE, LinkState.TEST})


def confidential(view: View) -> View:
    """Mark a page of respondents: nobody looks who is signed in, no cache keeps it, no search engine finds it.

    It is in the language of the browser where there are words in it, until a view knows better.
    """

    @login_not_required
    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with speaking(language_without_link(request)):
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    marked.asks_nobody = True  # type: ignore[attr-defined]
    return marked


@dataclass(frozen=True)
class Access:
    """A link as a browser holds it. `began`: when it was begun in this browser, in seconds; None elsewhere."""

    token: str
    began: int | None
    link: PanelLink
    standing: LinkState

    @property
    def group(self) -> WaveGroup:
        """The group that is asked."""
        return self.link.group

    @property
    def wave(self) -> Wave:
        """The wave."""
        return self.link.group.wave

    @property
    def is_test(self) -> bool:
        """Whether nothing of it is kept."""
        return self.link.is_test

    @property
    def on_record(self) -> bool:
        """Whether the group answers once and openly."""
        return self.group.mode == GroupMode.ON_RECORD

    @property
    def has_filed(self) -> bool:
        """Whether the response of a group on the record was filed by this link."""
        return self.on_record and self.link.is_used and not self.is_test

    @property
    def has_own_link(self) -> bool:
        """Whether the link of this questionnaire was made for it, and is known to nobody yet."""
        return self.link.in_exchange or (self.group.link_kind == LinkKind.OPEN and not self.link.is_open_link)

    @cached_property
    def catalogue(self) -> CatalogueSet:
        """The questions."""
        return catalogue_of(self.wave.assessment.question_set)

    @cached_property
    def questions(self) -> tuple[AskedQuestion, ...]:
        """Those of the questionnaire."""
        process = self.wave.assessment.process
        return asked_questions(
            self.catalogue,
            with_words=self.wave.asks_comments,
            kind=process.kind,
            form=self.wave.form,
            process=self.wave.process_names,
        )

    @cached_property
    def minutes(self) -> tuple[int, int]:
        """About how long the questionnaire takes, from and to."""
        return size_for(self.wave).said

    @cached_property
    def short_form(self) -> tuple[int, int] | None:
        """How many items of how many are asked; None where it is the full form."""
        return short_form_of(self.wave)

    @property
    def say(self) -> Wording:
        """Texts about the resource of the process."""
        return Wording(self.wave.resources or self.catalogue.resource_default)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that can be chosen, at least one."""
        return languages_of(self.wave, self.catalogue)

    @property
    def answered_count(self) -> int:
        """On how many pages of the questionnaire something has been answered."""
        stored = self.questionnaire
        if stored is None:
            return 0
        given = {*stored.answers, *stored.comments}
        return sum(
            not given.isdisjoint({*(item.code for item in asked.items), *asked.comment_keys})
            for asked in self.questions
        )

    @property
    def questionnaire(self) -> UnfinishedQuestionnaire | None:
        """The questionnaire under way, if there is one."""
        try:
            return self.link.questionnaire
        except UnfinishedQuestionnaire.DoesNotExist:
            return None


def access_by_token(token: str, began: int | None = None) -> Access | None:
    """Return what a token is good for; None for one that does not exist. One query."""
    link = link_of(token)
    return None if link is None else Access(token, began, link, link_state_of(link))


def access_of_browser(request: HttpRequest) -> Access | None:
    """Return what this browser holds; None for nothing, or for what we did not sign. One query."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
        return access_by_token(held["token"], held["began"])
    except (signing.BadSignature, KeyError, TypeError):
        return None


def remember_access(response: HttpResponse, token: str, began: int | None) -> None:
    """Let the browser hold a token, until it is closed; only for the respondents' pages."""
    value = signing.dumps({"token": token, "began": began}, salt=SALT)
    set_cookie(response, COOKIE, value, reverse("assessments:respond"))


def set_cookie(response: HttpResponse, name: str, value: str, path: str) -> None:
    """Set a cookie that no script reads and no other site causes to be sent."""
    response.set_cookie(
        name, value, path=path, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )


def forget_access(response: HttpResponse) -> None:
    """Let the browser forget its token."""
    response.delete_cookie(COOKIE, path=reverse("assessments:respond"), samesite="Lax")


def language_of(request: HttpRequest, held: Access) -> str:
    """The language of everything about a link: chosen now, of the questionnaire, of the mail, of the browser."""
    begun = held.questionnaire.language if held.questionnaire else ""
    return language_for(request, held.languages, begun, getattr(held.link, "language", ""))


def page(
    request: HttpRequest, held: Access, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Draw a page about a link, in its language."""
    language = language_of(request, held)
    with speaking(language):
        common = {
            "held": held,
            "wave": held.wave,
            "group": held.group,
            "process": held.wave.assessment.process,
            "names": names_of(held.wave, language, held.group),
            "language": language,
            "languages": held.languages,
            "text_direction": direction(language),
            "total": len(held.questions),
            "of": questionnaire_mark(held.questionnaire) if held.questionnaire else "",
        }
        return drawn(request, f"assessments/respond/{template}.html", {**common, **context}, status=status)


def stopped(request: HttpRequest, held: Access | None, standing: LinkState | None = None) -> HttpResponse:
    """Say why there is nothing to answer: 403 without a link, 404 for one that does not exist, else 410."""
    standing = standing or (held.standing if held else None)
    context: dict[str, Any] = {
        "standing": standing,
        "title": f"stopped.{_stopped_title(held, standing)}_title",
        "texts": words_typed(request),
    }
    if held is None:
        status = 403 if standing is None else 404
        context |= to_choose_without_link(request)
        return drawn(request, "assessments/respond/stopped.html", context, status=status)
    if request.method == "POST":
        context["languages"] = ()  # what was typed is on this page alone
    return page(request, held, "stopped", context, status=410)


def _stopped_title(held: Access | None, standing: LinkState | None) -> str:
    if standing is None or standing in USABLE:
        return "reopen"
    is_record = standing is LinkState.FULL and held is not None and held.on_record
    return "full_record" if is_record else str(standing)


def of_another(request: HttpRequest, held: Access) -> bool:
    """Whether the page that was sent belongs to another questionnaire than the one this browser holds by now.

    Somebody opened another link in another tab. What is on the page must not be saved under that.
    """
    of = request.POST.get("of", "")
    return bool(of and held.questionnaire is not None and of != questionnaire_mark(held.questionnaire))


def has_chosen(request: HttpRequest, held: Access) -> bool:
    """Whether another language was chosen on the page that was sent, and nothing else asked for."""
    return request.POST.get(CHOOSE) in held.languages


def keeps_typed(view: View) -> View:
    """For a page under `answering`: it keeps by itself what was typed when another language is chosen on it."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def answering(view: View) -> View:
    """Give a page the questionnaire this browser holds, or say why there is none to be answered."""

    @confidential
    @wraps(view)
    def with_questionnaire(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        held = access_of_browser(request)
        if held is None or held.standing not in USABLE:
            return stopped(request, held)
        if held.questionnaire is None or of_another(request, held):
            return stopped(request, None)
        if has_chosen(request, held):
            choose_language(questionnaire=held.questionnaire, language=request.POST[CHOOSE])
            if not getattr(view, "keeps_typed", False):
                return redirect(request.path)
        with speaking(language_of(request, held)):
            return view(request, held, held.questionnaire, *args, **kwargs)

    return with_questionnaire
