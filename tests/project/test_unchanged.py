"""The recorder that shows that nothing changed: what it takes for the same, and what for different."""

import io
import json
import random
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.builders.clock import SetClock
from tests.unchanged.assets import style_rules
from tests.unchanged.compare import compare, report
from tests.unchanged.contents import page_text, text_of
from tests.unchanged.deterministic import SeededRandom
from tests.unchanged.forms import RecordedPage
from tests.unchanged.html_lines import html_lines, loose
from tests.unchanged.people import EMAILS, everybody
from tests.unchanged.recording import Recording
from tests.unchanged.scenario import Scenario, run_scenario


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<div><p>a b</p></div>", "<div>\n  <p>\n    a\n    b\n  </p>\n</div>\n"),
        ('<p class="a b" id="x">t</p>', '<p id="x"\n   class="a\n          b">t</p>'),
        ("<p>a <b>c</b> d</p>", "<p>\n  a\n  <b>c</b>\n  d\n</p>"),
        ("<p>a<b>c</b></p>", "<p>a<b>c </b></p>"),  # a space at the end of a line is not shown
        ("<ul><li>a</li><li>b</li></ul>", "<ul>\n<li>a\n<li>b\n</ul>"),
        ("<p>a</p><div>b</div>", "<p>a<div>b</div>"),
        ("<button>a</button>", "<button>\n  a\n</button>"),
        ("a<br>b", "a <br> b"),
        ('<input name="a" type="hidden"><p>t</p>', "<input type=hidden name=a />\n<p>t</p>"),
        ("<svg><path d='M1 2'/><text>t</text></svg>", "<svg>\n<path d='M1\n2'></path>\n<text> t </text>\n</svg>"),
        ("<textarea>\na</textarea>", "<textarea>a</textarea>"),
        ("<p>é &amp; “</p>", "<p>&eacute; &#38; &ldquo;</p>"),
        ("<input disabled>", '<input disabled="">'),
        ("<p>a<!-- b --> c</p>", "<p>a c</p>"),
    ],
)
def test_what_browsers_show_in_the_same_way_is_the_same(one: str, other: str) -> None:
    assert html_lines(one) == html_lines(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a</p>", "<div>a</div>"),
        ('<p class="a">t</p>', '<p class="b">t</p>'),
        ('<p class="a b">t</p>', '<p class="b a">t</p>'),
        ("<p>a</p><p>b</p>", "<p>b</p><p>a</p>"),
        ("<div></div><p>a</p>", "<div><p>a</p></div>"),
        ("<p>a<b>c</b></p>", "<p>a <b>c</b></p>"),
        ("<label>a</label><input>", "<label>a</label> <input>"),
        ("<input>", "<input disabled>"),
        ('<input value="a  b">', '<input value="a b">'),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ("<textarea>a\n</textarea>", "<textarea>a</textarea>"),
        ("<p>a\u00a0b</p>", "<p>a b</p>"),
        ("<svg><text>t</text></svg>", "<svg><text>u</text></svg>"),
    ],
)
def test_what_can_be_noticed_is_different(one: str, other: str) -> None:
    assert html_lines(one) != html_lines(other)


def test_each_node_is_a_line_at_its_depth() -> None:
    html = "<!doctype html><main id=m><p>Read <a href='/x/'>this</a>\nnow.</p></main>"
    assert html_lines(html) == [
        "<!doctype html>",
        '<main id="m">',
        " <p>",
        '  "Read "',
        '  <a href="/x/">',
        '   "this"',
        '  " now."',
    ]


def test_an_end_tag_too_many_is_shown() -> None:
    assert html_lines("<p>a</p></div>") == ["<p>", ' "a"', "</div> that ends nothing"]


def test_loose_forgives_spaces_beside_elements_in_a_line_and_nothing_else() -> None:
    assert loose('  " a b "') == '  "a b"'
    assert loose('  " "') == ""
    assert loose('<a title=" x ">') == '<a title=" x ">'
    assert loose("plain text ") == "plain text "


def test_pages_lose_what_differs_every_time() -> None:
    def page(token: str, mark: str, digits: str) -> str:
        return (
            f'<link rel="stylesheet" href="/static/css/site.{digits}.css"><script src="/static/js/app.js"></script>'
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
            f'<input type="hidden" name="seen" value="{mark}"><img src="/static/img/a.{digits}.svg">'
        )

    first, assets = page_text(page("abc", "0123456789abcdef", "0123456789ab"))
    second, _assets = page_text(page("xyz", "fedcba9876543210", "ba9876543210"))
    assert first == second
    assert assets == ("/static/css/site.css", "/static/js/app.js")
    assert '<img src="/static/img/a.svg">' in first


def test_values_that_people_see_stay() -> None:
    assert 'value="0123456789abcdef"' in page_text('<input name="code" value="0123456789abcdef">')[0]
    assert 'value="1.0.0"' in page_text('<input type="hidden" name="set" value="1.0.0">')[0]


def test_json_is_written_in_one_way() -> None:
    assert text_of(b'{"b": 1, "a": [2]}', "application/json") == text_of(b'{"a":[2],"b":1}', "application/json")
    assert text_of(b'{"a": [1, 2]}', "application/json") != text_of(b'{"a": [2, 1]}', "application/json")


def test_spreadsheets_are_their_cells() -> None:
    names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{names}"><sheets><sheet name="Texts"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{names}"><si><t>Hello</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{names}"><row><c r="A1" t="s"><v>0</v></c><c r="B1"><v>7</v>'
        '</c><c r="C1"/></row></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert text_of(file.getvalue(), kind) == '=== Texts\nA1 "Hello"\nB1 "7"\n'


def test_rules_of_style_sheets_are_told_apart() -> None:
    css = '@import "x.css"; /* { */ a { color: red }\n@media print { b,\n c { margin: 0; } d{top:0} }'
    assert list(style_rules(css)) == [
        '@import "x.css";',
        "a { color: red }",
        "@media print b, c { margin: 0; }",
        "@media print d { top:0 }",
    ]


FORM = """
<form method="post" action="/there/">
  <input type="hidden" name="csrfmiddlewaretoken" value="t">
  <input type="hidden" name="version" value="3"><input name="name" value="Old">
  <textarea name="note">\nTwo\nlines</textarea>
  <input type="radio" name="level" value="1"><input type="radio" name="level" value="2" checked>
  <input type="radio" name="level" value=""><input type="checkbox" name="more" value="x">
  <select name="role"><option value="a">A</option><option value="b">B</option></select>
  <input name="off" value="1" disabled>
  <button name="action" value="save">Save</button><button type="button">Menu</button>
</form>
"""
TOKEN = ("csrfmiddlewaretoken", "t")


def test_forms_are_sent_as_a_browser_sends_them() -> None:
    form = RecordedPage(FORM).form("there")
    kept = [TOKEN, ("version", "3")]
    assert form.as_shown() == [*kept, ("name", "Old"), ("note", "Two\nlines"), ("level", "2"), ("role", "a")]
    assert form.emptied() == [*kept, ("name", ""), ("note", "")]
    assert dict(form.changed())["level"] == "2"
    assert dict(form.changed(0)) | {"name": ""} == {
        **dict(kept), "name": "", "note": "Something else,\non two lines.", "level": "1", "more": "x", "role": "a"
    }  # fmt: skip
    assert dict(form.invalid())["role"] == "no-such-choice"
    assert form.filled(name="New", action="save")[-2:] == [("name", "New"), ("action", "save")]
    assert [button.get("value") for button in form.buttons] == ["save"]
    with pytest.raises(LookupError, match="no field nickname"):
        form.filled(nickname="x")


def test_dice_follow_from_what_is_done_and_what_they_are_for() -> None:
    def drawn(label: str, *, first: bool = False) -> str:
        randomness = SeededRandom()
        randomness.begin(label)
        if first:
            randomness.token_hex(8)
        return "".join(randomness.choice("abcdefgh") for _ in range(8)) + randomness.token_urlsafe(32)

    assert drawn("a") == drawn("a", first=True)
    assert drawn("a") != drawn("b")
    assert len(drawn("a")) == 8 + len(secrets.token_urlsafe(32))
    assert secrets.SystemRandom is random.SystemRandom, "loading the module replaces nothing"


@pytest.fixture
def recordings(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Two recordings that are the same."""
    folders = tmp_path / "a", tmp_path / "b"
    for folder in folders:
        recording = Recording(folder)
        recording.name_codes({"abcdefghij": "process-1"})
        for person in ("organiser", "reviewer"):
            for page in ("one", "two"):
                lines = html_lines("<main><p>Hello <b>you</b></p><p>Bye</p></main>")
                recording.write(f"pages/{person}/{page}.txt", "status: 200\n\n" + "\n".join(lines))
        recording.write("results/abcdefghij.json", json.dumps({"code": "abcdefghij", "score": 17}))
    return folders


def edit(folder: Path, pattern: str, old: str, new: str) -> None:
    """Change a text in all files of a recording that match."""
    for path in folder.rglob(pattern):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_recordings_do_not_differ(recordings: tuple[Path, Path]) -> None:
    found = compare(*recordings)
    assert not found.differs
    assert found.same == 5
    assert (recordings[0] / "results" / "{process-1}.json").read_text() == '{"code": "{process-1}", "score": 17}'


def test_a_name_is_recorded_once(tmp_path: Path) -> None:
    recording = Recording(tmp_path)
    recording.write("a.txt", "1")
    with pytest.raises(FileExistsError):
        recording.write("a.txt", "1")


def test_each_difference_is_shown_once_with_its_files(recordings: tuple[Path, Path]) -> None:
    edit(recordings[1], "pages/*/*.txt", "Bye", "Farewell")
    edit(recordings[1], "results/*.json", "17", "18")
    edit(recordings[1], "pages/reviewer/two.txt", "status: 200", "status: 422")
    found = compare(*recordings)
    said = report(found)
    assert found.differs
    assert '-   "Bye"' in said
    assert '+   "Farewell"' in said
    assert said.count("Farewell") == 1
    assert "4 times in 4 files; pages/organiser/one.txt, line 9" in said
    assert "- status: 200" in said
    assert '+ {"code": "{process-1}", "score": 18}' in said
    assert report(found, by_file=True).count("Farewell") == 4


def test_files_on_one_side_only_are_differences(recordings: tuple[Path, Path]) -> None:
    (recordings[1] / "pages" / "organiser" / "two.txt").unlink()
    found = compare(*recordings)
    assert found.only_a == ["pages/organiser/two.txt"]
    assert found.differs
    assert not compare(*recordings, known="pages/*/two.txt  no longer there, on purpose").differs


def test_what_is_explained_is_left_out(recordings: tuple[Path, Path]) -> None:
    edit(recordings[1], "pages/*/*.txt", "Bye", "Farewell")
    edit(recordings[1], "pages/reviewer/two.txt", "status: 200", "status: 422")
    bye = compare(*recordings).changed["pages/organiser/one.txt"][0].mark
    found = compare(*recordings, known=f"{bye}  people are told so now\n")
    assert list(found.changed) == ["pages/reviewer/two.txt"]
    assert found.known == 4


def test_spaces_in_a_line_count_unless_loose(recordings: tuple[Path, Path]) -> None:
    edit(recordings[1], "pages/*/*.txt", '"Hello "', '"Hello"')
    assert compare(*recordings).differs
    assert not compare(*recordings, is_loose=True).differs


def test_a_folder_without_a_recording_is_no_recording_without_differences(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no recording"):
        compare(tmp_path, tmp_path)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # mails go out once something is stored
def test_people_of_the_recorder_get_to_the_end_of_their_story(tmp_path: Path, clock: SetClock) -> None:
    clock("2026-03-02 09:00")
    for email in EMAILS.values():
        builders.user(email)
    scenario = Scenario(Recording(tmp_path), everybody())
    run_scenario(scenario)
    refused = [each.name for each in (tmp_path / "story").iterdir() if "status: 422" in each.read_text()]
    assert refused == []
    assert scenario.subjects.tokens
