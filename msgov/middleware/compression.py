"""Compresses what is text. PDFs and pictures are compressed already: doing it again costs time, and a download without
a known length shows no progress."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Django's compression, for texts only."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the body if it is text and the browser can unpack it."""
        if not response.headers.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
