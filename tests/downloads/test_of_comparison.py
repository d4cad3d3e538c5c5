"""Pictures and tables of a comparison as files."""

import csv
from io import BytesIO, StringIO
from xml.etree import ElementTree

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Role, Visibility
from msgov.accounts.models import User
from tests import builders
from tests.builders import worked

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def submitted(user: User, name: str, *, public: bool = False) -> Assessment:
    process = builders.process(organiser=user, name=name)
    if public:
        process.visibility = Visibility.PUBLIC
        process.save()
    assessment = builders.assessment(process)
    worked.give_all(assessment, worked.RESPONSIBILITY)
    submit_assessment(assessment=assessment, user=user)
    return assessment


@pytest.fixture
def reader() -> User:
    return builders.user()


@pytest.fixture
def reader_client(reader: User) -> Client:
    found = Client()
    found.force_login(reader)
    return found


def url(kind: str, name: str, form: str, *assessments: Assessment) -> str:
    query = "&".join(f"code={assessment.code}" for assessment in assessments)
    return f"{reverse(f'assessments:compare-{kind}', args=[name, form])}?{query}"


@pytest.mark.parametrize("name", ["attributes", "items", "attribute-CR"])
def test_every_picture_names_the_processes(reader_client: Client, reader: User, name: str) -> None:
    one, other = submitted(reader, "=1+1"), submitted(reader, "Beta")
    response = reader_client.get(url("picture", name, "svg", one, other))
    assert response["X-Content-Type-Options"] == "nosniff"
    said = {text.text for text in ElementTree.fromstring(response.content).iter(f"{SVG}text")}
    assert {"=1+1", "Beta"} <= said


def test_tables_hold_every_process_and_run_nothing(reader_client: Client, reader: User) -> None:
    one, other = submitted(reader, "=1+1"), submitted(reader, "Beta")
    text = reader_client.get(url("table", "attributes", "csv", one, other)).content.decode("utf-8-sig")
    assert {row[0] for row in csv.reader(StringIO(text))} == {"Process", "'=1+1", "Beta"}
    book = openpyxl.load_workbook(BytesIO(reader_client.get(url("table", "all", "xlsx", one, other)).content))
    assert len(book.sheetnames) == 4
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def test_who_may_not_export_one_of_them_gets_pictures_and_no_table(reader_client: Client, reader: User) -> None:
    own, strange = submitted(reader, "Own"), submitted(builders.user(), "Strange", public=True)
    assert reader_client.get(url("picture", "attributes", "svg", own, strange)).status_code == 200
    assert reader_client.get(url("table", "attributes", "csv", own, strange)).status_code == 403
    builders.member(strange.process, reader, Role.REVIEWER)
    assert reader_client.get(url("table", "attributes", "csv", own, strange)).status_code == 200


def test_what_is_not_visible_is_in_no_file(reader_client: Client, reader: User) -> None:
    own, hidden = submitted(reader, "Own"), submitted(builders.user(), "Hidden")
    assert reader_client.get(url("picture", "attributes", "svg", own, hidden)).status_code == 404
    assert reader_client.get(url("table", "all", "xlsx", own, hidden)).status_code == 404


@pytest.mark.parametrize(("name", "form"), [("nothing", "csv"), ("attributes", "pdf"), ("all", "csv")])
def test_what_is_no_table_is_not_there(reader_client: Client, reader: User, name: str, form: str) -> None:
    one, other = submitted(reader, "Alpha"), submitted(reader, "Beta")
    assert reader_client.get(url("table", name, form, one, other)).status_code == 404


def test_the_page_leads_to_the_files(reader_client: Client, reader: User) -> None:
    one, other = submitted(reader, "Alpha"), submitted(reader, "Beta")
    page = reader_client.get(
        f"{reverse('assessments:compare-show')}?code={one.code}&code={other.code}"
    ).content.decode()
    for name in ("attributes.svg", "items.png", "attribute-CR.svg", "all.xlsx", "pairs.csv"):
        assert f"/{name}?" in page
    assert "members of every process" not in page
