"""Comparisons that somebody arranges and saves: for themselves alone."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.comparing import services
from assessments.models import Assessment, Process, Report, SavedComparison
from assessments.vocabulary import Visibility
from msgov.accounts.models import User
from tests import builders
from tests.comparing.test_pages import submitted, words

pytestmark = pytest.mark.django_db

LEVELS = {"CR1a": 2, "CR1b": 2, "CR1c": 2}


def three(user: User) -> list[Assessment]:
    """One of the user's own, and two of others that everybody may read."""
    stranger = builders.user()
    others = [submitted(stranger, name, LEVELS, visibility=Visibility.PUBLIC) for name in ("Alder", "Birch")]
    return [submitted(user, "Yew", LEVELS), *others]


@pytest.fixture(scope="module", autouse=True)
def keys(build_once: Callable[[Callable[[], list[int]]], list[int]]) -> list[int]:
    """Of the three, built once."""
    return build_once(lambda: [row.pk for row in three(builders.user())])


@pytest.fixture
def organiser(client: Client, db: None, keys: list[int]) -> User:
    user = Process.objects.get(assessments=keys[0]).created_by
    assert user is not None
    client.force_login(user)
    return user


@pytest.fixture
def rows(organiser: User, keys: list[int]) -> list[Assessment]:
    """The three, looked at by who organises the first."""
    return [Assessment.objects.select_related("process").get(pk=key) for key in keys]


def page_of(client: Client, *rows: Assessment, **more: object) -> str:
    asked = {"code": [row.code for row in rows], **more}
    return client.get(reverse("assessments:compare-show"), asked).content.decode()


def order(html: str) -> list[str]:
    table = html.split('class="heat-table"')[1].split("</table>")[0]
    return re.findall(r"Alder|Birch|Yew", table)


def save(client: Client, rows: list[Assessment], name: str, **more: object) -> object:
    return client.post(reverse("assessments:compare-save"), {"code": [row.code for row in rows], "name": name, **more})


def test_own_process_stands_first_and_is_the_reference(client: Client, rows: list[Assessment]) -> None:
    html = page_of(client, *rows)
    assert order(html) == ["Yew", "Alder", "Birch"]
    assert "Own first, the others in order of name. Not a ranking. Told from Yew, the reference." in words(html)
    assert "Collective responsibility: Yew cannot be told apart from Alder and Birch." in words(html)


def test_order_and_reference_are_what_the_reader_chooses(client: Client, rows: list[Assessment]) -> None:
    html = page_of(client, rows[2], rows[0], rows[1], order="chosen", reference=rows[1].code)
    assert order(html) == ["Birch", "Yew", "Alder"]
    assert "In an order set by hand. Not a ranking. Told from Alder, the reference." in words(html)
    none = words(page_of(client, *rows, order="name", reference="none"))
    assert "In order of name. Not a ranking." in none
    assert "the reference." not in none
    assert "Collective responsibility: Nothing can be told apart." in none


def test_form_that_arranges_leads_to_an_address_that_can_be_kept(client: Client, rows: list[Assessment]) -> None:
    asked = {"code": [row.code for row in rows], "place": ["1", "2", "1"], "reference": "none", "attribute": ["CR"]}
    response = client.get(reverse("assessments:compare-show"), asked, follow=True)
    assert "place" not in response.request["QUERY_STRING"]
    html = response.content.decode()
    assert order(html) == ["Birch", "Yew", "Alder"]
    assert "Left aside by whoever made it: Inclusiveness and transparency" in words(html)
    assert "Effective decision-making" not in html.split("data-label")[0].split("heat-table")[1]


def test_pdf_is_asked_for_as_the_page_is_arranged(client: Client, rows: list[Assessment]) -> None:
    asked = {"code": [row.code for row in rows], "order": "name", "reference": rows[2].code, "attribute": ["CR", "CO"]}
    client.post(reverse("assessments:comparison-request"), asked)
    found = Report.objects.get().document["comparison"]
    assert [process["name"] for process in found["processes"]] == ["Alder", "Birch", "Yew"]
    assert (found["reference"], [head["code"] for head in found["attributes"]]) == (rows[2].code, ["CR", "CO"])


def test_saved_comparison_is_listed_and_opened_as_it_was(
    client: Client, rows: list[Assessment], organiser: User
) -> None:
    response = save(client, rows, "Trees", order="name", reference=rows[1].code)
    saved = SavedComparison.objects.get()
    assert (saved.user, saved.codes, saved.reference) == (organiser, [row.code for row in rows], rows[1].code)
    assert response.status_code == 302  # type: ignore[attr-defined]
    assert "Trees , 3 results" in words(client.get(reverse("assessments:compare-saved")).content.decode())
    opened = client.get(reverse("assessments:compare-saved-open", args=[saved.code]), follow=True).content.decode()
    assert order(opened) == ["Alder", "Birch", "Yew"]
    assert "Saved as “Trees”." in words(opened)


def test_name_that_is_taken_is_replaced_only_when_one_says_so(client: Client, rows: list[Assessment]) -> None:
    save(client, rows, "Trees")
    refused = save(client, rows[:2], "Trees")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    page = refused.content.decode()  # type: ignore[attr-defined]
    assert "You have saved another comparison under this name." in words(page)
    assert 'value="Trees"' in page
    assert len(SavedComparison.objects.get().codes) == 3
    save(client, rows[:2], "Trees", replace="1")
    assert len(SavedComparison.objects.get().codes) == 2
    # What is open may be saved again under its own name.
    save(client, rows, "Trees", saved=SavedComparison.objects.get().code)
    assert len(SavedComparison.objects.get().codes) == 3


def test_a_name_is_needed_and_the_page_stays(client: Client, rows: list[Assessment]) -> None:
    refused = save(client, rows, " ")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    page = words(refused.content.decode())  # type: ignore[attr-defined]
    assert "This field is required" in page
    assert "Comparison of 3 processes" in page


def test_what_is_no_longer_shown_is_said(client: Client, rows: list[Assessment]) -> None:
    save(client, rows, "Trees")
    address = reverse("assessments:compare-saved-open", args=[SavedComparison.objects.get().code])
    Process.objects.filter(name="Birch").update(visibility=Visibility.PRIVATE)
    page = client.get(address, follow=True).content.decode()
    assert "1 result of this comparison is no longer there, or no longer shown to you." in words(page)
    assert order(page) == ["Yew", "Alder"]
    assert "Birch" not in page
    Process.objects.filter(name="Alder").delete()
    left = client.get(address, follow=True)
    assert left.status_code == 422
    assert "Of what was saved only 1 result is still there and shown to you." in words(left.content.decode())


def test_what_was_not_saved_is_not_found_beside_it(client: Client, rows: list[Assessment]) -> None:
    """A saved comparison is no way round the question whether a code is there."""
    save(client, rows, "Trees")
    hidden = submitted(builders.user(), "Hidden", LEVELS)
    asked = {"code": [rows[0].code, rows[1].code, hidden.code], "saved": SavedComparison.objects.get().code}
    assert client.get(reverse("assessments:compare-show"), asked).status_code == 404


def test_renamed_and_deleted_after_asking(client: Client, rows: list[Assessment]) -> None:
    save(client, rows, "Trees")
    save(client, rows, "Woods")
    saved = SavedComparison.objects.get(name="Trees")
    rename = reverse("assessments:compare-saved-rename", args=[saved.code])
    assert client.post(rename, {"name": "Woods"}).status_code == 422
    assert client.post(rename, {"name": "Shrubs"}).status_code == 302
    saved.refresh_from_db()
    assert saved.name == "Shrubs"
    delete = reverse("assessments:compare-saved-delete", args=[saved.code])
    assert "Delete this comparison?" in client.get(delete).content.decode()
    assert SavedComparison.objects.count() == 2
    client.post(delete)
    assert [row.name for row in SavedComparison.objects.all()] == ["Woods"]


def test_nobody_else_knows_of_it(client: Client, rows: list[Assessment]) -> None:
    save(client, rows, "Trees")
    code = SavedComparison.objects.get().code
    client.force_login(builders.user(is_superuser=True, is_staff=True))
    assert "Trees" not in client.get(reverse("assessments:compare-saved")).content.decode()
    for name in ("open", "rename", "delete"):
        assert client.get(reverse(f"assessments:compare-saved-{name}", args=[code])).status_code == 404
    assert "Saved as" not in page_of(client, *rows, saved=code)


def test_list_costs_one_query_for_any_number(client: Client, rows: list[Assessment]) -> None:
    counts = []
    for number in range(4):
        save(client, rows, f"Trees {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("assessments:compare-saved"))
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_there_is_a_limit(client: Client, rows: list[Assessment], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MAX_SAVED", 1)
    save(client, rows, "Trees")
    refused = save(client, rows, "Woods")
    assert "You have saved 1 comparisons. Delete one first." in words(refused.content.decode())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"country": "alder"}, ["Alder"]),
        ({"kind": "decides"}, ["Birch"]),
        ({"year": "1999"}, []),
        ({"q": "board of birches"}, ["Birch"]),
        ({"panel": "on"}, []),
        ({"year": "nonsense"}, ["Alder", "Birch", "Yew"]),
    ],
)
def test_chooser_filters(client: Client, organiser: User, wanted: dict[str, str], found: list[str]) -> None:
    Process.objects.filter(name="Alder").update(country="Alderland")
    Process.objects.filter(name="Birch").update(kind="decides", organisation="Board of Birches")
    page = words(client.get(reverse("assessments:compare"), wanted).content.decode())
    assert [name for name in ("Alder", "Birch", "Yew") if f"{name}, round 1" in page] == found


def test_chooser_says_what_is_compared_only_among_themselves(client: Client, organiser: User) -> None:
    submitted(organiser, "Own")
    submitted(organiser, "Text", is_example=True)
    submitted(organiser, "Tale", is_invented=True)
    page = words(client.get(reverse("assessments:compare")).content.decode())
    parts = re.split(r"(Own|Text|Tale), round 1", page)
    assert parts[1::2] == ["Own", "Text", "Tale"]
    assert "Examples, coded from texts: compared only among themselves" in parts[2]
    assert "Invented data: compared only among themselves" in parts[4]
