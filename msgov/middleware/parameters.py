"""An address with more parameters than any form of ours is refused before anything looks at them."""

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse

from msgov import errors
from msgov.middleware import GetResponse


class ParametersMiddleware:
    """400, as Django does it, but without its page of errors: with DEBUG that page takes minutes to print them all."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("QUERY_STRING", "").count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
            return errors.bad_request(request, TooManyFieldsSent())
        return self.get_response(request)
