"""What pages of respondents have in common, whether a link is known or not."""

from django.core import signing
from django.http import HttpRequest, HttpResponse

from assessments import visitor_limits
from assessments.respond.languages import CHOOSE, drawn, readable, to_choose_without_link

SHOWN_SALT = "assessments.respondent.shown"
TOO_MANY = 429
# Inputs for words: what a page that cannot store them gives back. Never the hidden ones, such as the forgery token.
WORDS_END = "-words"
FILED_WORDS = ("filed_by", "capacity", "prepared_by", "how_agreed")


def too_many(request: HttpRequest) -> HttpResponse:
    """The page for a network from which too much was tried."""
    response = drawn(request, "assessments/respond/later.html", to_choose_without_link(request), status=TOO_MANY)
    response["Retry-After"] = str(visitor_limits.WINDOW)
    return response


def once_only(page: str) -> dict[str, str]:
    """For a page that is the answer to a form, and at no address: the buttons by which it is read in another language.

    They send along which page it is, signed: else anybody could be led to read that their answers are deleted.
    """
    return {"choosing": "choosing", "shown": signing.dumps(page, salt=SHOWN_SALT)}


def is_shown_again(request: HttpRequest, page: str) -> bool:
    """Whether such a page was sent to be read in another language, and nothing else is asked for."""
    if not request.POST.get(CHOOSE):
        return False
    try:
        return bool(signing.loads(request.POST.get("held", ""), salt=SHOWN_SALT) == page)
    except signing.BadSignature:
        return False


def words_typed(request: HttpRequest) -> list[str]:
    """What somebody wrote on a page that was sent and cannot be stored."""
    sent = readable(request, "POST").items()
    typed = (str(value) for name, value in sent if name.endswith(WORDS_END) or name in FILED_WORDS)
    return [text for text in typed if text.strip()]
