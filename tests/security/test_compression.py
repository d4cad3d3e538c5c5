"""Pages travel compressed; files that are compressed already travel as they are, with their length."""

import gzip
import io
import os

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from msgov.middleware.compression import TextCompressionMiddleware

PDF = b"%PDF-1.7\n" + os.urandom(2000)


def answer(response: HttpResponse, accepted: str = "gzip") -> HttpResponse:
    """What a browser gets of a view's response."""
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepted})
    return TextCompressionMiddleware(lambda request: response)(request)


def test_page_is_compressed() -> None:
    text = "<p>All the same.</p>" * 100
    response = answer(HttpResponse(text))
    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert gzip.decompress(response.content).decode() == text


def test_page_is_left_alone_for_a_browser_that_cannot_unpack_it() -> None:
    response = answer(HttpResponse("<p>All the same.</p>" * 100), accepted="")
    assert "Content-Encoding" not in response
    assert response.content.startswith(b"<p>All")


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/zip"])
def test_file_keeps_its_bytes_and_its_length(content_type: str) -> None:
    response = answer(FileResponse(io.BytesIO(PDF), content_type=content_type))
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == str(len(PDF))
    assert b"".join(response.streaming_content) == PDF
