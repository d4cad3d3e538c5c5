"""Two colleagues prepare one wave at once: each stores what they changed, and nobody replaces what they never saw."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.exceptions import Conflict, NotAllowed
from assessments.models import Wave, WaveMailPlan
from assessments.panels.seen_fields import mark_of_value
from assessments.panels.services.setup import save_group, save_settings
from assessments.vocabulary import WaveState
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


def test_one_line_that_two_change_keeps_what_both_wrote(as_organiser: Client, wave: Wave) -> None:
    group = wave.groups.first()
    ana, ben = drawn_rows(as_organiser, wave), drawn_rows(as_organiser, wave)
    as_organiser.post(at(wave, "panel-groups"), {**ana, f"g{group.pk}-name": "Ministries"})
    assert as_organiser.post(at(wave, "panel-groups"), {**ben, f"g{group.pk}-invited": "32"}).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.invited) == ("Ministries", 32)


def of_page(client: Client, address: str) -> dict[str, Any]:
    html = client.get(address).content.decode()
    return next(form.fields for form in ParsedPage(html).forms if "seen" in form.fields)


def test_the_page_of_one_group_stores_what_was_changed_and_shows_clashes(as_organiser: Client, wave: Wave) -> None:
    group = wave.groups.first()
    address = reverse("assessments:panel-group", args=[wave.assessment.code, group.pk])
    ana, ben = of_page(as_organiser, address), of_page(as_organiser, address)
    as_organiser.post(address, {**ana, "name": "Ministries", "everybody": "on"})
    assert as_organiser.post(address, {**ben, "invited": "44"}).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.invited, group.everybody) == ("Ministries", 44, True)
    refused = as_organiser.post(address, {**ben, "name": "Cabinet"})
    assert refused.status_code == 409
    assert "Stored now Ministries Yours Cabinet" in words(refused)
    (again,) = (form.fields for form in ParsedPage(refused.content.decode()).forms if "seen" in form.fields)
    assert as_organiser.post(address, again).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.invited) == ("Cabinet", 44)


def test_a_group_taken_out_meanwhile_does_not_come_back(wave: Wave) -> None:
    group = wave.groups.first()
    wave.groups.all().delete()
    with pytest.raises(NotAllowed, match="taken this group out"):
        save_group(wave=wave, fields={"invited": 12}, group=group)
    assert not wave.groups.exists()


def test_the_plan_of_mails_and_their_texts_too(as_organiser: Client, wave: Wave) -> None:
    plan = at(wave, "panel-mails")
    ana, ben = of_page(as_organiser, plan), of_page(as_organiser, plan)
    as_organiser.post(plan, {**ana, "reminders": ["start+7"]})
    assert as_organiser.post(plan, {**ben, "thanks": "on"}).status_code == 302
    stored = WaveMailPlan.objects.get(wave=wave)
    assert (stored.reminders, stored.thanks) == (["start+7"], True)
    refused = as_organiser.post(plan, {**ben, "reminders": ["end-3"]})
    assert refused.status_code == 409
    assert "Stored now a week after the launch Yours 3 days before the closing date" in words(refused)
    text = reverse("assessments:panel-mail-text", args=[wave.assessment.code, "invitation", "en"])
    ana, ben = of_page(as_organiser, text), of_page(as_organiser, text)
    as_organiser.post(text, {**ana, "subject": "Tell us"})
    refused = as_organiser.post(text, {**ben, "subject": "We ask you"})
    assert (refused.status_code, "Stored now Tell us Yours We ask you" in words(refused)) == (409, True)


def test_what_was_typed_before_a_launch_is_given_back_after_it(as_organiser: Client, wave: Wave, drawn: Drawn) -> None:
    group = wave.groups.first()
    address = reverse("assessments:panel-group", args=[wave.assessment.code, group.pk])
    typed = {**drawn("panel-setup"), "notice": "A long text that took an hour.", "closes_on": "yesterday"}
    of_group = {**of_page(as_organiser, address), "name": "Ministries"}
    rows = {**drawn_rows(as_organiser, wave), f"g{group.pk}-invited": "77", "n0-name": "Elders"}
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.OPEN, contact="colleague@example.org")
    late = as_organiser.post(at(wave, "panel-setup"), typed)
    assert late.status_code == 409
    said = words(late)
    assert "Yours, not stored A long text that took an hour. Holds since the launch" in said
    assert "Yours, not stored yesterday" in said
    assert "Who is responsible for the answers" not in said
    assert "colleague@example.org" not in said  # of what was left as it was drawn nothing is said
    assert "Yours, not stored Ministries" in words(as_organiser.post(address, of_group))
    said = words(as_organiser.post(at(wave, "panel-groups"), rows))
    assert f"{group.name}: People invited Yours, not stored 77" in said
    assert "New group: Name of the group Yours, not stored Elders" in said
    unchanged = as_organiser.get(at(wave, "panel-setup"), follow=True)
    assert "its settings can no longer be changed" in words(unchanged)
