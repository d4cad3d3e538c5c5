"""What everybody sees of the public record: index, record, tombstone, files, feed, and what machines read."""

import csv
import io
import json
import re
from collections.abc import Callable
from copy import copy
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from assessments import visitor_limits
from assessments.documents.record import RecordDocument
from assessments.documents.values import stored_digest
from assessments.models import Action, Assessment, GroupReply, PublicRecord
from assessments.records.citing import CitedRecord, json_ld_element
from assessments.records.reading import about_of
from assessments.records.services.publishing import withdraw
from assessments.reports.jobs import run_report
from msgov.accounts.models import User
from tests import builders
from tests.records.conftest import Publish

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
ClientFor = Callable[[User], Client]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def page(client: Client, name: str, *values: Any, status: int = 200, query: str = "") -> Any:
    response = client.get(reverse(f"assessments:{name}", args=values) + query)
    assert response.status_code == status
    return response


def file(client: Client, record: PublicRecord, name: str, status: int = 200) -> Any:
    return page(client, "record-file", record.number, 1, name, status=status)


def test_everybody_reads_the_record_though_the_process_is_for_members(
    record: PublicRecord, submitted: Assessment, client: Client
) -> None:
    html = page(client, "record", record.number).content.decode()
    said = words(html)
    assert "Forum" in said
    assert record.number in said
    assert "No group has replied." in said
    assert "Process statement" in said
    assert f'<link rel="canonical" href="http://testserver/records/{record.number}/">' in html
    assert "<script>" not in html
    # Nothing leads to pages that are not for everybody.
    assert f"/assessments/{submitted.code}" not in html
    assert submitted.process.code not in re.findall(r'href="([^"]+)"', html)
    assert client.get(reverse("assessments:assessment-results", args=[submitted.code])).status_code == 302


def test_public_actions_stand_in_it_with_their_fate(submitted: Assessment, publishing: Publish, client: Client) -> None:
    Action.objects.create(assessment=submitted, text="Ask them", state="done", happened="Asked", is_public=True)
    Action.objects.create(assessment=submitted, item="CR1a", state="dropped", reason="No money", is_public=True)
    said = words(page(client, "record", publishing(submitted).record.number).content.decode())
    assert "Ask them Done" in said
    assert "As they stood on" in said
    assert "No money" in said
    # An action without words of its own is called by its step, and not by a code.
    assert "CR1a Dropped" not in said


def test_a_record_with_a_panel_shows_the_public_numbers(
    with_panel: Assessment, publishing: Publish, client: Client
) -> None:
    version = publishing(with_panel)
    html = page(client, "record", version.record.number).content.decode()
    assert "What stakeholders say" in words(html)
    assert "disagreement" not in "".join(re.findall(r'href="([^"]+)"', html))


def test_the_number_is_found_in_small_letters_and_what_is_no_number_is_not(
    record: PublicRecord, client: Client
) -> None:
    page(client, "record", record.number.lower())
    page(client, "record", "MSG-1999-0001", status=404)
    page(client, "record-version", record.number, 2, status=404)
    file(client, record, "secret.txt", status=404)


def test_headers_say_where_it_stays_and_what_describes_it(record: PublicRecord, client: Client) -> None:
    link = page(client, "record", record.number)["Link"]
    assert f'<http://testserver/records/{record.number}/v1/>; rel="cite-as"' in link
    assert 'rel="describedby"; type="application/ld+json"' in link
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in link


def test_data_can_be_checked_by_their_fingerprint(record: PublicRecord, client: Client) -> None:
    response = file(client, record, "data.json")
    found = json.loads(response.content)
    assert stored_digest(found["record"]) == found["digest"] == record.versions.get().digest
    assert RecordDocument.model_validate(found["record"]).about.number == record.number
    assert found["record"]["about"]["licence"]["spdx"] == "CC-BY-4.0"
    assert f"{record.number}-v1-data.json" in response["Content-Disposition"]


def test_items_are_a_table_with_number_and_licence_in_every_line(record: PublicRecord, client: Client) -> None:
    text = file(client, record, "data.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["Record", "Version", "Licence"]
    assert len(rows) > 30
    assert {tuple(row[:3]) for row in rows[1:]} == {(record.number, "1", "CC-BY-4.0")}


def test_it_can_be_cited(record: PublicRecord, client: Client) -> None:
    said = words(page(client, "record", record.number).content.decode())
    year = record.year
    assert (
        f"The board ({year}). Forum: result of a self-assessment, round 1 ({record.number}, version 1) [Data set]. "
        f"msgov public record, testserver. http://testserver/records/{record.number}/v1/"
    ) in said
    bib = file(client, record, "citation.bib").content.decode()
    assert bib.startswith(f"@misc{{{record.number.lower()}-v1,")
    assert "author = {{The board}}" in bib
    assert bib.count("{") == bib.count("}")
    (csl,) = json.loads(file(client, record, "citation.json").content)
    assert (csl["type"], csl["author"], csl["number"]) == ("dataset", [{"literal": "The board"}], record.number)


def test_metadata_are_those_of_schema_org_and_datacite(record: PublicRecord, client: Client) -> None:
    response = file(client, record, "metadata.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    found = json.loads(response.content)
    html = page(client, "record", record.number).content.decode()
    (inline,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(inline) == found
    assert (found["@type"], found["subjectOf"]["@type"]) == ("Dataset", "Report")
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["isPartOf"]["url"] == "http://testserver/records/"
    for each in [*(entry["contentUrl"] for entry in found["distribution"]), found["subjectOf"]["url"], found["url"]]:
        assert client.get(each).status_code in (200, 202)
    datacite = json.loads(file(client, record, "datacite.json").content)
    required = {"identifiers", "creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"}
    assert required <= datacite.keys()
    assert datacite["types"]["resourceTypeGeneral"] == "Dataset"


def test_a_name_with_markup_stays_a_name_in_the_metadata_of_a_page(record: PublicRecord, client: Client) -> None:
    about = about_of(record.versions.get()).model_copy(update={"name": "</script><b>&"})
    element = json_ld_element(CitedRecord(about, "https://x.example/v1/", "https://x.example/", "x"))
    data = element.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in data
    assert json.loads(data)["name"].startswith("</script><b>&: result")


def test_the_index_is_narrowed_by_every_filter(
    record: PublicRecord, with_panel: Assessment, publishing: Publish, client: Client
) -> None:
    other = publishing(with_panel).record
    PublicRecord.objects.filter(pk=other.pk).update(
        year=2020, language="fr", country="Northvale", is_reviewed=True, name="Réseau", kind="dialogues"
    )
    name = {record.pk: record.number, other.pk: other.number}

    def found(query: str) -> set[str]:
        html = page(client, "records", query=query).content.decode()
        return set(re.findall(r'href="/records/(MSG-[\d-]+)/"', html))

    both = set(name.values())
    assert found("") == both
    assert found("?q=reseau") == {other.number}
    assert found(f"?q={record.number}") == {record.number}
    assert found("?year=2020") == {other.number}
    assert found("?language=fr") == {other.number}
    assert found("?country=Northvale") == {other.number}
    assert found("?reviewed=yes") == {other.number}
    assert found("?reviewed=no") == {record.number}
    assert found("?kind=decides") == {record.number}
    assert found("?kind=nonsense&year=x&country=none") == both
    assert found("?page=2") == set()
    assert "No record fits this filter." in page(client, "records", query="?q=zzz").content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_lists_cost_the_same_however_many_there_are(
    count: int, record: PublicRecord, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    copies_of(record, count - 1)
    with django_assert_num_queries(2):
        page(client, "records")
    with django_assert_num_queries(1):
        page(client, "records-feed")
    with django_assert_num_queries(2):
        page(client, "records-file", "csv")
    page(client, "record", record.number)
    GroupReply.objects.bulk_create(
        GroupReply(record=record, group=f"G{n}", text="T", filed_by="F") for n in range(count)
    )
    with django_assert_num_queries(5):
        page(client, "record", record.number)


def copies_of(record: PublicRecord, count: int) -> None:
    version, record = record.versions.get(), copy(record)
    for serial in range(2, count + 2):
        record.pk, record.serial, record.number, record.assessment = None, serial, f"MSG-2026-{serial:04d}", None
        record.save()
        version.pk, version.record, version.report = None, record, None
        version.about = {**version.about, "number": record.number}
        version.save()


def test_the_feed_is_valid_and_names_each_record(record: PublicRecord, client: Client) -> None:
    PublicRecord.objects.filter(pk=record.pk).update(name="A & <B>")
    version = record.versions.get()
    version.about = {**version.about, "name": "A & <B> \x0b"}
    version.save()
    response = page(client, "records-feed")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(response.content)
    (entry,) = root.findall(f"{ATOM}entry")
    assert root.tag == f"{ATOM}feed"
    assert [root.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated")] == [True] * 3
    assert entry.find(f"{ATOM}title").text == f"{record.number}: A & <B> "  # type: ignore[union-attr]
    assert "A &amp; &lt;B&gt;" in entry.find(f"{ATOM}summary").text  # type: ignore[union-attr,operator]
    assert entry.find(f"{ATOM}id").text == f"http://testserver/records/{record.number}/v1/"  # type: ignore[union-attr]


def test_machines_find_the_records(record: PublicRecord, client: Client) -> None:
    sitemap = page(client, "records-sitemap")
    places = [element.text for element in ET.fromstring(sitemap.content).iter() if element.tag.endswith("loc")]
    assert places == ["http://testserver/records/", f"http://testserver/records/{record.number}/"]
    robots = page(client, "robots").content.decode()
    assert "Sitemap: http://testserver/records/sitemap.xml" in robots
    assert "Disallow: /r/" in robots


def test_data_of_all_have_a_line_for_each_attribute(record: PublicRecord, client: Client) -> None:
    found = json.loads(page(client, "records-file", "json").content)
    (line,) = found["records"]
    assert (line["number"], len(line["attributes"])) == (record.number, 4)
    assert line["url"] == f"http://testserver/records/{record.number}/v1/"
    rows = list(csv.DictReader(io.StringIO(page(client, "records-file", "csv").content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert {row["Record"] for row in rows} == {record.number}
    assert not list(
        csv.DictReader(io.StringIO(page(client, "records-file", "csv", query="?q=zzz").content.decode("utf-8-sig")))
    )
    page(client, "records-file", "xml", status=404)


def test_what_was_withdrawn_leaves_a_tombstone(record: PublicRecord, organiser: User, client: Client) -> None:
    GroupReply.objects.create(record=record, group="Business", text="We differ", filed_by="B")
    withdraw(record=record, user=organiser, reason="Named <somebody>")
    for address in (("record", record.number), ("record-version", record.number, 1)):
        said = words(page(client, *address, status=410).content.decode())
        assert "Ada withdrew this record on" in said
        assert "Named &lt;somebody&gt;" in said
        assert "We differ" in said
        assert "[Data set, withdrawn]" in said
        # Nobody is asked any more.
        assert "may reply once" not in said
    file(client, record, "data.json", status=410)
    file(client, record, "data.csv", status=410)
    page(client, "record-report", record.number, 1, status=410)
    metadata = json.loads(file(client, record, "metadata.jsonld").content)
    assert metadata["creativeWorkStatus"] == "Withdrawn"
    assert "distribution" not in metadata
    assert "Withdrawn" in file(client, record, "citation.bib").content.decode()
    assert record.number not in page(client, "records").content.decode()
    assert record.number not in page(client, "records-feed").content.decode()
    assert record.number not in page(client, "records-sitemap").content.decode()


def test_the_report_is_drawn_once_and_again_where_it_is_gone(record: PublicRecord, client: Client) -> None:
    version = record.versions.get()
    waiting = page(client, "record-report", record.number, 1, status=202)
    assert waiting["Refresh"].startswith("10; url=/records/")
    assert version.report is not None
    assert version.report.readers == "public"
    run_report(version.report.pk)
    response = page(client, "record-report", record.number, 1)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    version.report.refresh_from_db()
    version.report.delete()
    page(client, "record-report", record.number, 1, status=202)
    version.refresh_from_db()
    assert version.report_id is not None


def test_where_it_is_switched_off_nothing_of_it_exists(
    record: PublicRecord, submitted: Assessment, organiser: User, client_for: ClientFor, settings: Settings
) -> None:
    settings.PUBLIC_RECORD = False
    client = client_for(organiser)
    for name in ("records", "records-feed", "records-sitemap"):
        page(client, name, status=404)
    page(client, "record", record.number, status=404)
    page(client, "record-withdraw", record.number, status=404)
    page(client, "assessment-record", submitted.code, status=404)
    assert "Disallow: /records/" in page(client, "robots").content.decode()
    assert "/record/" not in page(client, "assessment-results", submitted.code).content.decode()


def test_data_are_given_so_often_and_no_more(
    record: PublicRecord, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(visitor_limits.AMOUNTS, visitor_limits.RECORD_FILES, 2)
    monkeypatch.setitem(visitor_limits.AMOUNTS, visitor_limits.RECORD_LISTS, 1)
    for status in (200, 200, 429):
        response = file(client, record, "data.json", status=status)
    assert response["Retry-After"] == "60"
    for status in (200, 429):
        page(client, "records-feed", status=status)
    page(client, "record", record.number)


def test_publishing_asks_for_consent_and_keeps_what_was_typed(
    submitted: Assessment, organiser: User, client_for: ClientFor
) -> None:
    client = client_for(organiser)
    address = reverse("assessments:assessment-record", args=[submitted.code])
    shown = page(client, "assessment-record", submitted.code).content.decode()
    assert 'value="The secretariat"' in shown
    assert "This one result becomes public all the same" in words(shown)
    refused = client.post(address, {"result": "1", "on_behalf_of": "The council"})
    assert refused.status_code == 422
    assert 'value="The council"' in refused.content.decode()
    assert not PublicRecord.objects.exists()
    done = client.post(address, {"result": "1", "on_behalf_of": "The council", "agreed": "on"})
    record = PublicRecord.objects.get()
    assert done["Location"] == reverse("assessments:record", args=[record.number])
    again = page(client, "assessment-record", submitted.code).content.decode()
    assert f"published as {record.number}, version 1" in words(again)
    same = client.post(address, {"result": "1", "on_behalf_of": "The council", "agreed": "on"}, follow=True)
    assert "Nothing has changed" in same.content.decode()


def test_the_preview_publishes_nothing(submitted: Assessment, organiser: User, client_for: ClientFor) -> None:
    said = words(page(client_for(organiser), "assessment-record-preview", submitted.code).content.decode())
    assert "Preview: nothing is published yet." in said
    assert "Process statement" in said
    assert not PublicRecord.objects.exists()


def test_a_draft_says_why_it_cannot_be_published(organiser: User, client_for: ClientFor) -> None:
    draft = builders.assessment(builders.process(organiser=organiser))
    client = client_for(organiser)
    assert "This one is a draft" in words(page(client, "assessment-record", draft.code).content.decode())
    page(client, "assessment-record-preview", draft.code, status=302)


def test_administrators_list_and_withdraw_what_others_published(
    record: PublicRecord, client_for: ClientFor, organiser: User
) -> None:
    admin = client_for(builders.user(is_superuser=True, is_staff=True))
    listed = admin.get(reverse("site:records")).content.decode()
    assert record.number in listed
    address = reverse("assessments:record-withdraw", args=[record.number])
    assert address in listed
    assert admin.post(address, {"reason": ""}).status_code == 422
    assert admin.post(address, {"reason": "Asked by a court"}).status_code == 302
    assert "Withdrawn" in admin.get(reverse("site:records")).content.decode()
    assert admin.get(address).status_code == 302
