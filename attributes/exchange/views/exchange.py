"""Question sets as files to download, and the schema of the format."""

import hashlib
import json
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from attributes.exchange.json_schema import published_schema
from attributes.exchange.services import exported
from attributes.permissions import draft_for, set_admin, version_for

SCHEMA_SECONDS = 24 * 60 * 60


@require_safe
def version_file(request: HttpRequest, slug: str, version: str, format: str) -> HttpResponse:
    """A published or retired version as YAML, JSON or XLSX."""
    question_set = version_for(request, slug, version)
    return _download(exported.version_file(question_set, _known(format)))


@require_safe
def draft_file(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """A draft as it stands as YAML, JSON or XLSX."""
    set_admin(request)
    return _download(exported.draft_file(draft_for(request, code), _known(format)))


def _known(kind: str) -> str:
    if kind not in exported.FORMATS:
        raise Http404
    return kind


def _download(file: exported.ExportFile) -> HttpResponse:
    # Name and version have been checked against their patterns; the header is quoted by Django all the same.
    disposition = content_disposition_header(True, file.name) or "attachment"
    return HttpResponse(file.content, content_type=file.media_type, headers={"Content-Disposition": disposition})


@lru_cache(maxsize=8)
def _schema(address: str) -> bytes:
    """The file under the address it is found at. It takes as long as a page, and never changes."""
    return (json.dumps(published_schema(address), ensure_ascii=False, indent=2) + "\n").encode()


def _schema_asked_for(request: HttpRequest) -> bytes:
    return _schema(request.build_absolute_uri(reverse("attributes:json-schema")))


def _schema_etag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(_schema_asked_for(request)).hexdigest()[:32]}"'


@login_not_required
@require_safe
@condition(etag_func=_schema_etag)
def schema_file(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of question set files, for everybody."""
    response = HttpResponse(_schema_asked_for(request), content_type="application/schema+json")
    patch_cache_control(response, public=True, max_age=SCHEMA_SECONDS)
    return response
