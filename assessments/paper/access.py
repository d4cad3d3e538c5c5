"""How an assistant is known from page to page: by a signed cookie with the token of their link."""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from assessments.models import PaperAssistant, Wave, WaveGroup
from assessments.paper.sheet import asked_of
from assessments.respond.access import Access, set_cookie
from attributes.codes import token_hash

COOKIE = "paper_assistant"
SALT = "assessments.paper.assistant"


@dataclass(frozen=True)
class Assisting:
    """An assistant as a browser holds them. `entered`: how many sheets in this browser; `language`: of the sheets."""

    token: str
    assistant: PaperAssistant
    entered: int = 0
    language: str = ""

    @property
    def group(self) -> WaveGroup:
        """The group whose sheets are entered."""
        return self.assistant.group

    @property
    def wave(self) -> Wave:
        """Its wave."""
        return self.assistant.group.wave

    @property
    def may_enter(self) -> bool:
        """Whether sheets can be entered now."""
        return self.wave.is_open and not self.assistant.is_revoked

    def asked(self) -> Access:
        """The questionnaire of the group."""
        return asked_of(self.group)


def assisting_by_token(token: str, entered: int = 0, language: str = "") -> Assisting | None:
    """Return whose token this is, with one query all that the pages need; None for one that does not exist."""
    found = (
        PaperAssistant.objects.select_related(
            "group__wave__assessment__process", "group__wave__assessment__question_set"
        )
        # Large, and in memory.
        .defer("group__wave__assessment__question_set__document")
        .filter(token_hash=token_hash(token))
        .first()
    )
    return None if found is None else Assisting(token, found, entered, language)


def assisting_of_browser(request: HttpRequest) -> Assisting | None:
    """Return what this browser holds; None for nothing, or for what we did not sign."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
        return assisting_by_token(held["token"], held["entered"], held["language"])
    except (signing.BadSignature, KeyError, TypeError):
        return None


def remember_assisting(response: HttpResponse, token: str, *, entered: int, language: str) -> None:
    """Let the browser hold a token until it is closed, and how many sheets were entered in it."""
    value = signing.dumps({"token": token, "entered": entered, "language": language}, salt=SALT)
    set_cookie(response, COOKIE, value, reverse("assessments:assist"))


def forget_assisting(response: HttpResponse) -> None:
    """Let the browser forget its token."""
    response.delete_cookie(COOKIE, path=reverse("assessments:assist"), samesite="Lax")
