"""What the server does before it serves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finder
from pytest_django.fixtures import Settings

from assessments.management.commands import serve


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The only source of static files."""
    source = tmp_path / "static"
    source.mkdir()
    (source / "site.css").write_text("p { color: red }")
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    get_finder.cache_clear()
    yield source
    get_finder.cache_clear()


def test_static_files_are_collected_again_only_when_they_changed(folder: Path, settings: Settings) -> None:
    collected = settings.STATIC_ROOT / "site.css"
    serve.collect_static_files()
    assert collected.read_text() == "p { color: red }"
    collected.write_text("left alone")
    serve.collect_static_files()
    assert collected.read_text() == "left alone"
    collected.unlink()
    (folder / "site.css").write_text("p { color: blue }")
    serve.collect_static_files()
    assert collected.read_text() == "p { color: blue }"
