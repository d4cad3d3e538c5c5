"""One list of people for all groups: read in any form, looked at before anything is stored, and nothing lost."""

import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import PanelLink, Wave
from assessments.panels.people_forms import MORE_ROWS
from assessments.panels.people_list import UnreadableList, near_name, read_people, text_of_file
from assessments.panels.services.people import sorted_people
from assessments.vocabulary import GroupMode, WaveState
from msgov.accounts.models import User
from tests.builders.panels import launched, open_group, prepared

pytestmark = pytest.mark.django_db

LIST = """address, group, language
ana@example.org, Government, en
Bo Berg <BO@example.org>; business
cy@example.org\t"Civil  society"\tEnglish
ana@example.org, Business
not an address, Business
d@example.org, Academia, en
e@example.org, academia, Klingon
f@example.org
"""


def at(wave: Wave, page: str = "panel-people", *more: object) -> str:
    return reverse(f"assessments:{page}", args=[wave.assessment.code, *more])


def words(content: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).split())


def seen_in(content: bytes) -> str:
    return re.findall(r'name="seen"\s+value="(\w+)"', content.decode())[0]


def test_lines_are_read_in_the_forms_people_paste() -> None:
    people = read_people(LIST)
    assert [(one.line, one.address, one.group, one.language) for one in people[:3]] == [
        (2, "ana@example.org", "Government", "en"),
        (3, "bo@example.org", "business", ""),
        (4, "cy@example.org", "Civil society", "English"),
    ]
    # Without headings the address is the cell that looks like one; with them their order counts.
    assert read_people("Academia, x@example.org, fr")[0].group == "Academia"
    assert read_people("Group\tLanguage\tE-mail\nAcademia\tfr\tx@example.org")[0].language == "fr"


def test_spreadsheets_are_read_as_the_same_lines() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for row, cells in enumerate([("Address", "Group", "Language"), ("a@example.org", "Trade, small", "en")]):
        sheet.write_row(row, 0, cells)
    book.close()
    assert [(one.address, one.group) for one in read_people(text_of_file(file.getvalue()))] == [
        ("a@example.org", "Trade, small")
    ]
    assert text_of_file("Zoë;Über".encode("cp1252")) == "Zoë;Über"


def test_everything_doubtful_is_named_by_line_and_nothing_is_stored() -> None:
    wave = prepared()
    found = sorted_people(wave, LIST)
    assert {entry.name: len(entry.people) for entry in found.groups} == {
        "Government": 1,
        "Business": 1,
        "Civil society": 1,
        "Academia": 2,
    }
    assert found.unknown == {"Academia": 2}
    assert found.duplicates == ["Line 5: ana@example.org is in line 2 already."]
    assert found.problems == [
        "Line 6: “not an address” is not an e-mail address.",
        "Line 9: no group is named for f@example.org.",
    ]
    assert found.unsure == ["Line 8: “Klingon” is no language of this wave; the mail is in English."]
    assert not PanelLink.objects.exists()


def test_names_that_are_no_group_can_be_mapped_made_or_left_out() -> None:
    wave = prepared()
    business = wave.groups.get(name="Business")
    mapped = sorted_people(wave, LIST, {"academia": str(business.pk)})
    assert {entry.name: len(entry.people) for entry in mapped.groups}["Business"] == 3
    left = sorted_people(wave, LIST, {"academia": "leave"})
    assert "Line 7: “Academia” is no group of this wave, so d@example.org is left out." in left.problems
    # Once a wave is open nothing makes a group by the way.
    open_wave = launched()
    assert {entry.name for entry in sorted_people(open_wave, LIST, {"academia": "new"}).groups} == {
        "Government",
        "Business",
        "Civil society",
    }


def test_group_is_known_by_its_name_in_any_language() -> None:
    wave = prepared()
    wave.groups.filter(name="Business").update(names={"fr": "Entreprises"})
    found = sorted_people(wave, "a@example.org, entreprises\nb@example.org, Business")
    assert {entry.name: len(entry.people) for entry in found.groups} == {"Business": 2}


def test_groups_without_personal_links_take_nobody() -> None:
    wave = prepared()
    open_group(wave)
    wave.groups.filter(name="Business").update(mode=GroupMode.ON_RECORD, invited=1)
    found = sorted_people(wave, LIST + "g@example.org, Business\n")
    assert "Line 4: Civil society has one open link, so cy@example.org gets no mail." in found.problems
    assert "Line 10: Business answers once, by one person; g@example.org is one more." in found.problems


def test_a_list_is_looked_at_and_then_stored_and_mailed_at_the_launch(
    as_organiser: Client, organiser: User, mailoutbox: list[object], django_capture_on_commit_callbacks: object
) -> None:
    wave = prepared(organiser)
    wave.groups.update(invited=0)
    crowd = "\n".join(f"p{n}@example.org, {group}" for group in ("Government", "Youth") for n in range(40 * 2))
    text = crowd.replace("p0@example.org, Youth", "young@example.org, Youth")
    shown = as_organiser.post(at(wave), {"people": text})
    assert (shown.status_code, PanelLink.objects.count()) == (200, 0)
    assert "81 people would get a mail at the launch. Nothing has been stored yet." in words(shown.content)
    assert text.splitlines()[3] in shown.content.decode()  # nothing that was typed is lost
    # What was changed since it was looked at is looked at once more.
    changed = as_organiser.post(
        at(wave), {"people": text + "\nlate@example.org, Youth", "seen": seen_in(shown.content), "store": "1"}
    )
    assert (changed.status_code, PanelLink.objects.count()) == (200, 0)
    stored = as_organiser.post(at(wave), {"people": text, "seen": seen_in(shown.content), "store": "1"}, follow=True)
    assert "81 people are listed. Their mails go out when you launch the wave." in words(stored.content)
    assert PanelLink.objects.count() == 81
    assert [(group.name, group.invited) for group in wave.groups.all()] == [
        ("Government", 80),
        ("Business", 0),
        ("Civil society", 0),
        ("Youth", 1),
    ]
    assert not mailoutbox
    wave.groups.exclude(name="Government").delete()
    assert "the mails to the 80 people who are listed go out at once" in words(
        as_organiser.get(at(wave, "panel-launch")).content
    )
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        as_organiser.post(at(wave, "panel-launch"))
    assert len(mailoutbox) == 80
    assert wave.groups.get().cap == 80


def test_while_open_a_list_raises_numbers_and_mails_only_the_new(
    as_organiser: Client, organiser: User, mailoutbox: list[object], django_capture_on_commit_callbacks: object
) -> None:
    wave = launched(organiser)
    group = wave.groups.get(name="Business")
    text = "\n".join(f"p{n}@example.org, Business, en" for n in range(42))
    for sent, expected in ((text, (42, 42)), (text + "\nlate@example.org, Business", (43, 43))):
        shown = as_organiser.post(at(wave), {"people": sent})
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            as_organiser.post(at(wave), {"people": sent, "seen": seen_in(shown.content), "store": "1"})
        group.refresh_from_db()
        assert (group.invited, group.cap) == expected
    assert len(mailoutbox) == 43
    assert list(wave.changes.values_list("kind", "before", "after")) == [
        ("people_added", "40", "42"),
        ("people_added", "42", "43"),
    ]
    assert set(PanelLink.objects.values_list("language", flat=True)) == {"en", ""}


def test_files_are_taken_and_what_is_none_is_refused_with_the_text_kept(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    file = SimpleUploadedFile("list.csv", b"a@example.org;Business\nb@example.org;Business\n")
    shown = as_organiser.post(at(wave), {"people": "c@example.org, Business", "file": file})
    assert "3 people would get a mail" in words(shown.content)
    damaged = SimpleUploadedFile("list.xlsx", b"PK\x03\x04 no workbook")
    refused = as_organiser.post(at(wave), {"people": "c@example.org, Business", "file": damaged})
    assert (refused.status_code, "c@example.org, Business" in refused.content.decode()) == (422, True)
    empty = as_organiser.post(at(wave), {"people": " "})
    assert "Paste a list of people, or choose a file" in words(empty.content)


@pytest.mark.parametrize("number", [1, 300])
def test_list_costs_a_constant_number_of_queries(number: int) -> None:
    wave = prepared()
    text = "\n".join(f"p{n}@example.org, {('Business', 'Government')[n % 2]}" for n in range(number * 2))
    with CaptureQueriesContext(connection) as captured:
        assert sorted_people(wave, text).number == number * 2
    assert len(captured) == 3


def test_listed_people_can_be_seen_and_taken_out_before_the_launch(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    shown = as_organiser.post(at(wave), {"people": "a@example.org, Business\nb@example.org, Business"})
    as_organiser.post(
        at(wave),
        {"people": "a@example.org, Business\nb@example.org, Business", "seen": seen_in(shown.content), "store": "1"},
    )
    group = wave.groups.get(name="Business")
    assert "a@example.org" in words(as_organiser.get(at(wave, "panel-links", group.pk)).content)
    link = PanelLink.objects.get(email="a@example.org")
    as_organiser.post(at(wave, "panel-take-out", group.pk), {"link": link.pk})
    assert list(PanelLink.objects.values_list("email", flat=True)) == ["b@example.org"]
    # Whoever is listed keeps a way in: the group cannot get an open link meanwhile.
    row = {f"g{one.pk}-name": one.name for one in wave.groups.all()}
    row |= {f"g{one.pk}-way": "open" for one in wave.groups.all()} | {f"n{n}-way": "personal" for n in range(MORE_ROWS)}
    refused = as_organiser.post(at(wave, "panel-groups"), row | {f"g{one.pk}-invited": 9 for one in wave.groups.all()})
    assert (refused.status_code, "People are listed for this group" in words(refused.content)) == (422, True)
    assert wave.groups.filter(link_kind="open").count() == 0
    Wave.objects.update(state=WaveState.CLOSED)
    assert as_organiser.get(at(wave)).status_code == 302


def test_a_slip_in_the_name_of_a_group_is_the_group_that_is_meant() -> None:
    wave = prepared()
    found = sorted_people(wave, "a@example.org, Goverment\nb@example.org, Martians")
    assert {entry.name: entry.group is None for entry in found.groups} == {"Government": False, "Martians": True}
    assert found.unknown == {"Goverment": 1, "Martians": 1}  # said and chosen from all the same
    # Once mails go out at once nobody is put anywhere by guessing.
    assert sorted_people(launched(), "a@example.org, Goverment").number == 0


def test_names_that_differ_by_a_number_or_a_short_word_are_no_slips() -> None:
    assert near_name("Region 2", ["Region 1"]) is None
    assert near_name("Team A", ["Team B"]) is None
    assert near_name("goverment", ["Government", "Business"]) == "Government"
    assert near_name("Bsuiness", ["Government", "Business"]) == "Business"


def test_addresses_that_look_like_a_slip_are_named_and_those_that_are_real_are_not() -> None:
    own = "".join(f"p{number}@council.example.org, Business\n" for number in range(4))
    text = own + (
        "a@gmial.com, Business\nb@mail.com, Business\nc@gmx.ch, Business\nd@counsil.example.org, Business\n"
        "e@other.example.net, Business\n, Business"
    )
    found = sorted_people(prepared(), text)
    assert found.slips == [
        "Line 5: a@gmial.com gets a mail as it stands. Is “gmail.com” meant?",
        "Line 8: d@counsil.example.org gets a mail as it stands. Is “council.example.org” meant?",
    ]
    assert found.problems == ["Line 10: there is no e-mail address."]


def test_files_that_are_no_text_are_refused_in_words() -> None:
    with pytest.raises(UnreadableList, match="older Excel file"):
        text_of_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(UnreadableList, match="neither a CSV nor an XLSX"):
        text_of_file(b"%PDF-1.7\n\0\0")
    assert text_of_file("a@example.org;Büro".encode("utf-16")) == "a@example.org;Büro"


def test_why_nothing_was_stored_is_said(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    shown = as_organiser.post(at(wave), {"people": "a@example.org, Martians"})
    assert "Nothing has been stored: with what you changed" not in words(shown.content)
    changed = {"people": "a@example.org, Martians\nb@example.org, Business", "store": "1"}
    again = as_organiser.post(at(wave), {**changed, "seen": seen_in(shown.content)})
    assert "Nothing has been stored: with what you changed" in words(again.content)
    assert not PanelLink.objects.exists()
