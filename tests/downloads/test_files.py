"""Pictures, tables and the archive of an assessment as files: who gets them, and what is in them."""

import csv
import json
from io import BytesIO, StringIO
from xml.etree import ElementTree

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from assessments.archive.reading import read_archive
from assessments.models import Assessment, Wave
from assessments.reports import png
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.vocabulary import Role, Visibility
from msgov.accounts.models import User
from tests import builders
from tests.builders import panels

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def wave() -> Wave:
    """The published example, closed, its assessment submitted."""
    found = panels.closed_wave()
    for code, level in {"CR1a": 3, "CR1b": 2, "CR1c": 0}.items():
        builders.answer(found.assessment, code, level)
    submit_assessment(assessment=found.assessment, user=found.created_by)
    found.assessment.refresh_from_db()
    return found


@pytest.fixture
def assessment(wave: Wave) -> Assessment:
    return wave.assessment


@pytest.fixture
def organiser(wave: Wave) -> User:
    user = wave.created_by
    assert user is not None
    return user


def url(assessment: Assessment, kind: str, name: str, form: str) -> str:
    return reverse(f"assessments:assessment-{kind}", args=[assessment.code, name, form])


def of_reader(assessment: Assessment, user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def visitor(assessment: Assessment) -> Client:
    process = assessment.process
    process.visibility = Visibility.PUBLIC
    process.save()
    return Client()


@pytest.mark.parametrize("name", ["profile", "known", "groups", "items", "attribute-CR"])
def test_every_picture_is_a_file_with_its_words(assessment: Assessment, organiser: User, name: str) -> None:
    response = of_reader(assessment, organiser).get(url(assessment, "picture", name, "svg"))
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f'attachment; filename="{name}-{assessment.code}.svg"'
    svg = ElementTree.fromstring(response.content)
    assert svg[0].tag == f"{SVG}title"
    assert svg[0].text
    said = " ".join(text.text or "" for text in svg.iter(f"{SVG}text"))
    assert assessment.process.name.split()[0] in said
    assert not list(svg.iter(f"{SVG}style"))
    assert not [e for e in svg.iter() if "style" in e.attrib or any("href" in key for key in e.attrib)]


@pytest.mark.parametrize(("name", "form"), [("nothing", "svg"), ("profile", "gif"), ("attribute-XX", "svg")])
def test_what_is_no_picture_is_not_there(assessment: Assessment, organiser: User, name: str, form: str) -> None:
    assert of_reader(assessment, organiser).get(url(assessment, "picture", name, form)).status_code == 404


def test_a_picture_of_groups_is_not_there_where_none_were_asked(organiser: User) -> None:
    own = builders.assessment(builders.process(organiser=organiser))
    assert of_reader(own, organiser).get(url(own, "picture", "groups", "svg")).status_code == 404
    assert of_reader(own, organiser).get(url(own, "table", "groups", "csv")).status_code == 404


def test_the_public_gets_no_group_by_item_in_any_picture(assessment: Assessment, organiser: User) -> None:
    restricted = of_reader(assessment, organiser).get(url(assessment, "picture", "items", "svg")).content.decode()
    names = [group.name for group in assessment.waves.get().groups.all()]
    shown = [name for name in names if name in restricted]
    assert shown
    public = visitor(assessment).get(url(assessment, "picture", "items", "svg")).content.decode()
    assert not [name for name in shown if name in public]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_tables_are_for_those_who_may_export(assessment: Assessment, organiser: User) -> None:
    reviewer = builders.member(assessment.process, builders.user(), Role.REVIEWER).user
    address = url(assessment, "table", "items", "csv")
    assert of_reader(assessment, organiser).get(address).status_code == 200
    assert of_reader(assessment, reviewer).get(address).status_code == 200
    assert visitor(assessment).get(address).status_code == 302
    signed_in = builders.user()
    assert of_reader(assessment, signed_in).get(address).status_code == 403


def test_a_contributor_gets_no_group_by_item_in_any_table(assessment: Assessment, organiser: User) -> None:
    """Contributors may export, and may not see group by item."""
    contributor = builders.member(assessment.process, builders.user(), Role.CONTRIBUTOR).user
    address = url(assessment, "table", "disagreement", "csv")
    wide = rows(of_reader(assessment, organiser).get(address).content)[0]
    narrow = rows(of_reader(assessment, contributor).get(address).content)[0]
    assert len(narrow) < len(wide)
    names = {group.name for group in assessment.waves.get().groups.all()}
    assert names & set(wide)
    assert not names & set(narrow)
    panel = rows(of_reader(assessment, contributor).get(url(assessment, "table", "panel", "csv")).content)
    assert not [row for row in panel if row[0] in {"item", "option"} and row[3]]


def test_a_workbook_holds_all_tables_and_says_what_they_are_of(assessment: Assessment, organiser: User) -> None:
    response = of_reader(assessment, organiser).get(url(assessment, "table", "all", "xlsx"))
    assert response["X-Content-Type-Options"] == "nosniff"
    book = openpyxl.load_workbook(BytesIO(response.content))
    assert len(book.sheetnames) == 7
    assert book.worksheets[0]["B1"].value == assessment.process.name


def test_a_name_that_is_a_formula_runs_nowhere() -> None:
    organiser = builders.user()
    own = builders.assessment(builders.process(organiser=organiser, name="=1+1"))
    response = of_reader(own, organiser).get(url(own, "table", "all", "xlsx"))
    book = openpyxl.load_workbook(BytesIO(response.content))
    assert book.worksheets[0]["B1"].value == "=1+1"
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def test_the_archive_can_be_read_again(assessment: Assessment, organiser: User) -> None:
    response = of_reader(assessment, organiser).get(reverse("assessments:assessment-archive", args=[assessment.code]))
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert read_archive(response.content).assessment.code == assessment.code
    assert json.loads(response.content)["format"] == "msgov-archive/1"


def test_files_take_the_same_number_of_queries_however_much_is_in_them(assessment: Assessment, organiser: User) -> None:
    client = of_reader(assessment, organiser)
    client.get(url(assessment, "table", "all", "xlsx"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url(assessment, "table", "steps", "csv"))
    with CaptureQueriesContext(connection) as everything:
        client.get(url(assessment, "table", "all", "xlsx"))
    assert len(everything) == len(one)


def test_who_comes_while_too_many_are_drawn_is_asked_to_come_again(
    assessment: Assessment, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(png._drawing, "acquire", lambda **_how: False)
    response = of_reader(assessment, organiser).get(url(assessment, "picture", "profile", "png"))
    assert response.status_code == 503
    assert response["Retry-After"]


@pytest.mark.slow
def test_a_png_is_drawn_and_kept(assessment: Assessment, organiser: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = of_reader(assessment, organiser)
    address = url(assessment, "picture", "profile", "png")
    first = client.get(address)
    assert first["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(first.content))
    assert picture.width > 1000
    assert 200 < picture.height < picture.width
    monkeypatch.setattr(png, "render_png", None)
    assert client.get(address).content == first.content


def test_pages_lead_to_the_files_the_reader_may_have(assessment: Assessment, organiser: User) -> None:
    results = reverse("assessments:assessment-results", args=[assessment.code])
    disagreement = reverse("assessments:disagreement", args=[assessment.code])
    pictures = ["profile", "known", "attribute-CR", "groups", "items"]
    own = of_reader(assessment, organiser)
    page = own.get(results).content.decode()
    assert all(url(assessment, "picture", name, "png") in page for name in pictures)
    assert url(assessment, "table", "all", "xlsx") in page
    assert reverse("assessments:assessment-archive", args=[assessment.code]) in page
    assert url(assessment, "table", "disagreement", "csv") in own.get(disagreement).content.decode()
    public = visitor(assessment)
    page = public.get(results).content.decode()
    assert all(url(assessment, "picture", name, "png") in page for name in pictures)
    assert "/tables/" not in page
    assert "archive.json" not in page
    assert "/tables/" not in public.get(disagreement).content.decode()


def test_files_of_a_replaced_result_are_of_that_result(assessment: Assessment, organiser: User) -> None:
    reopen_assessment(assessment=assessment, user=organiser, reason="A mistake.")
    submit_assessment(assessment=assessment, user=organiser)
    client = of_reader(assessment, organiser)
    page = client.get(reverse("assessments:assessment-results", args=[assessment.code]), {"result": "1"})
    assert f"{url(assessment, 'table', 'items', 'csv')}?result=1" in page.content.decode()
    address = url(assessment, "table", "all", "xlsx")
    book = openpyxl.load_workbook(BytesIO(client.get(address, {"result": "1"}).content))
    assert "1" in [line[1].value for line in book.worksheets[0].iter_rows()]
    assert client.get(address, {"result": "9"}).status_code == 404
