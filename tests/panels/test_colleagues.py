"""Two colleagues prepare one wave at once: each stores what they changed, and nobody replaces what they never saw."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.exceptions import Conflict
from assessments.models import Wave
from assessments.panels.seen_fields import mark_of_value
from assessments.panels.services.setup import save_settings
from msgov.accounts.models import User
from tests.builders.panels import prepared
from tests.forms_in_pages import ParsedPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organiser: User) -> Wave:
    found = prepared(organiser)
    Wave.objects.filter(pk=found.pk).update(languages=["en", "fr", "ar"])
    found.refresh_from_db()
    return found


Drawn = Callable[[str], dict[str, Any]]


@pytest.fixture
def drawn(as_organiser: Client, wave: Wave) -> Drawn:
    """The fields of a page as it is drawn now."""

    def draw(name: str) -> dict[str, Any]:
        html = as_organiser.get(at(wave, name)).content.decode()
        return next(form.fields for form in ParsedPage(html).forms if any("seen" in key for key in form.fields))

    return draw


def at(wave: Wave, name: str) -> str:
    return reverse(f"assessments:{name}", args=[wave.assessment.code])


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_each_writes_one_language_and_both_are_there(as_organiser: Client, wave: Wave, drawn: Drawn) -> None:
    ana, ben = drawn("panel-texts"), drawn("panel-texts")
    as_organiser.post(at(wave, "panel-texts"), {**ana, "notice-fr": "Le conseil demande."})
    assert as_organiser.post(at(wave, "panel-texts"), {**ben, "notice-ar": "يسأل المجلس."}).status_code == 302
    wave.refresh_from_db()
    assert (wave.texts["fr"]["notice"], wave.texts["ar"]["notice"]) == ("Le conseil demande.", "يسأل المجلس.")


def test_the_same_text_is_not_replaced_before_both_were_seen(as_organiser: Client, wave: Wave, drawn: Drawn) -> None:
    ana, ben = drawn("panel-texts"), drawn("panel-texts")
    as_organiser.post(at(wave, "panel-texts"), {**ana, "notice-fr": "Le conseil demande."})
    refused = as_organiser.post(at(wave, "panel-texts"), {**ben, "notice-fr": "On demande."})
    assert refused.status_code == 409
    assert re.search(r"Stored now Le conseil demande\. Yours On demande\.", words(refused))
    wave.refresh_from_db()
    assert wave.texts["fr"]["notice"] == "Le conseil demande."
    again = next(form.fields for form in ParsedPage(refused.content.decode()).forms if "seen" in form.fields)
    assert as_organiser.post(at(wave, "panel-texts"), again).status_code == 302
    wave.refresh_from_db()
    assert wave.texts["fr"]["notice"] == "On demande."


def test_settings_are_merged_field_by_field_and_clashes_shown(as_organiser: Client, wave: Wave, drawn: Drawn) -> None:
    ana, ben = drawn("panel-setup"), drawn("panel-setup")
    as_organiser.post(at(wave, "panel-setup"), {**ana, "responsible": "The council", "form": "short"})
    assert as_organiser.post(at(wave, "panel-setup"), {**ben, "contact": "x@example.org"}).status_code == 302
    wave.refresh_from_db()
    assert (wave.responsible, wave.contact, wave.form) == ("The council", "x@example.org", "short")
    refused = as_organiser.post(at(wave, "panel-setup"), {**ben, "responsible": "The board"})
    assert (refused.status_code, "Stored now The council Yours The board" in words(refused)) == (409, True)


def test_settings_changed_after_the_check_are_seen_under_the_lock(wave: Wave, drawn: Drawn) -> None:
    Wave.objects.filter(pk=wave.pk).update(languages=["en"])
    stale = {"responsible": mark_of_value(wave.responsible)}
    save_settings(wave=wave, fields={"responsible": "The council"})
    with pytest.raises(Conflict):
        save_settings(wave=wave, fields={"responsible": "The board"}, seen=stale)


def test_lines_of_groups_are_stored_one_by_one(as_organiser: Client, wave: Wave, drawn: Drawn) -> None:
    first, second = wave.groups.all()[:2]
    ana, ben = drawn_rows(as_organiser, wave), drawn_rows(as_organiser, wave)
    as_organiser.post(at(wave, "panel-groups"), {**ana, f"g{first.pk}-invited": "31"})
    assert as_organiser.post(at(wave, "panel-groups"), {**ben, f"g{second.pk}-invited": "32"}).status_code == 302
    assert list(wave.groups.filter(pk__in=[first.pk, second.pk]).values_list("invited", flat=True)) == [31, 32]
    refused = as_organiser.post(at(wave, "panel-groups"), {**ben, f"g{first.pk}-invited": "33"})
    assert refused.status_code == 422
    assert "People invited: somebody else has entered “31” in the meantime." in words(refused)
    (again,) = (form.fields for form in ParsedPage(refused.content.decode()).forms if "n0-name" in form.fields)
    assert as_organiser.post(at(wave, "panel-groups"), again).status_code == 302
    first.refresh_from_db()
    assert first.invited == 33


def drawn_rows(client: Client, wave: Wave) -> dict[str, Any]:
    html = client.get(at(wave, "panel-groups")).content.decode()
    return next(form.fields for form in ParsedPage(html).forms if any(key.endswith("-way") for key in form.fields))


def test_two_clicks_make_one_group_and_no_error(as_organiser: Client, wave: Wave) -> None:
    page = drawn_rows(as_organiser, wave)
    name = next(key for key in page if key.startswith("n") and key.endswith("-name"))
    sent = {**page, name: "Youth", name.replace("-name", "-invited"): "12"}
    assert [as_organiser.post(at(wave, "panel-groups"), sent).status_code for _click in range(2)] == [302, 302]
    assert wave.groups.filter(name="Youth").count() == 1


def test_a_group_that_a_colleague_makes_or_takes_out_costs_nobody_a_new_line(as_organiser: Client, wave: Wave) -> None:
    page = drawn_rows(as_organiser, wave)
    as_organiser.post(at(wave, "panel-groups"), {**page, "n0-name": "Youth", "n0-invited": "12"})
    wave.groups.first().delete()
    sent = {**page, "n0-name": "Elders", "n0-invited": "9"}
    assert as_organiser.post(at(wave, "panel-groups"), sent).status_code == 302
    assert {"Youth", "Elders"} <= set(wave.groups.values_list("name", flat=True))
