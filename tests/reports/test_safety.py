"""Nothing that somebody writes makes the engine open a file or an address."""

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from assessments.reports.html import render_html
from assessments.reports.render import RenderError, render_pdf
from tests.builders import samples
from tests.builders.papers import paper
from tests.builders.samples import Given

pytestmark = pytest.mark.slow

SECRET = "QK7-do-not-print-me-4411"


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A server on this machine that counts who comes."""
    hits = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *args: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    listening.hits = hits
    yield listening
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.fixture(scope="module")
def secret_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secret") / "secret.txt"
    path.write_text(SECRET)
    return path


def svg_data(inside: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


VECTORS = [
    '<img alt="x" src="{url}">',
    '<img alt="x" srcset="{url} 1x">',
    '<p style="background: url({url})">x</p>',
    '<p style="list-style-image: url({url}); display: list-item">x</p>',
    '<p style="content: url({url})">x</p>',
    '<style>@import "{url}";</style>',
    "<style>@import url({url});</style>",
    "<style>@font-face {{ font-family: F; src: url({url}) }} p {{ font-family: F }}</style><p>x",
    "<style>@page {{ background: url({url}) }}</style>",
    "<style>p::before {{ content: url({url}) }}</style><p>x",
    "<style>@color-profile --p {{ src: url({url}) }} p {{ color: color(--p 1 0 0) }}</style><p>x",
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<object data="{url}"></object>',
    '<object type="image/svg+xml" data="{url}"></object>',
    '<embed src="{url}">',
    '<base href="{url}"><img alt="x" src="x.png">',
    '<base href="{url}"><link rel="stylesheet" href="x.css">',
    '<iframe src="{url}"></iframe>',
    '<video src="{url}" poster="{url}"></video>',
    '<input type="image" src="{url}">',
    '<meta http-equiv="refresh" content="0; url={url}">',
    '<script src="{url}"></script>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><title>x</title><image href="{url}" width="9" height="9"/></svg>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><title>x</title><image xlink:href="{url}"/></svg>',
    '<svg><title>x</title><use href="{url}#x"/></svg>',
    "<svg><title>x</title><style>@import url({url});</style></svg>",
]


def attempt(html: str) -> bytes:
    """Draw it; a refusal is as good as an empty page."""
    try:
        return render_pdf(f'<html lang="en"><head><title>x</title></head><body>{html}</body></html>').content
    except RenderError as error:
        return error.detail.encode()


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("scheme", ["http", "file", "ftp"])
def test_html_given_to_the_engine_fetches_nothing(vector: str, scheme: str, server: Any, secret_file: Path) -> None:
    url = {
        "http": f"http://127.0.0.1:{server.server_port}/{abs(hash(vector))}",
        "file": secret_file.as_uri(),
        "ftp": f"ftp://127.0.0.1:{server.server_port}/x",
    }[scheme]
    before = len(server.hits)
    content = attempt(vector.format(url=url))
    assert server.hits[before:] == []
    assert SECRET.encode() not in content


@pytest.mark.parametrize(
    "inside",
    ['<image href="{url}" width="9" height="9"/>', '<image xlink:href="{url}"/>', "<style>@import '{url}';</style>"],
)
def test_picture_inside_a_data_address_fetches_nothing(inside: str, server: Any, secret_file: Path) -> None:
    before = len(server.hits)
    for url in (f"http://127.0.0.1:{server.server_port}/nested", secret_file.as_uri()):
        content = attempt(f'<img alt="x" src="{svg_data(inside.format(url=url))}">')
        assert SECRET.encode() not in content
    assert server.hits[before:] == []


def test_xml_entities_in_a_picture_open_no_file(secret_file: Path) -> None:
    svg = (
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret_file.as_uri()}">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
    )
    data = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    assert SECRET.encode() not in attempt(f'<img alt="x" src="{data}">')


def test_text_of_people_is_printed_as_they_wrote_it(server: Any, secret_file: Path) -> None:
    url = f"http://127.0.0.1:{server.server_port}/text"
    hostile = " ".join(vector.format(url=url) for vector in VECTORS) + "\x00\x07\u202e\ufffe{{ 7|add:7 }} {% now 'Y' %}"
    given = {"IT1a": Given(text=hostile, comment=hostile, links=[url, "javascript:alert(1)", secret_file.as_uri()])}
    document = samples.result(name=f"<b>{hostile[:150]}", given=given, groups=[hostile], issue=hostile)
    html = render_html(paper(document), "en")
    assert "<img" not in html
    assert "<script" not in html
    assert "{{ 7|add:7 }}" in html
    assert 'href="javascript' not in html
    assert 'href="file' not in html
    before = len(server.hits)
    assert render_pdf(html).pages > 10
    assert server.hits[before:] == []
