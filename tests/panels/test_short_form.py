"""The short form: one item of each question is asked, counted, scored and frozen, and it says so everywhere."""

import re
from fractions import Fraction

import pytest
from django.template.loader import render_to_string
from django.test import Client

from assessments.comparing.experience import panel_profiles
from assessments.documents.panel import PanelDocument
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.feedback.message import message_of
from assessments.headlines import how_sure
from assessments.headlines.asked import forms_then_and_now
from assessments.models import UnfinishedQuestionnaire, Wave, WaveSnapshot
from assessments.over_time.groups import attributes_then_and_now
from assessments.panels.counting import asked_specs
from assessments.panels.mail_words import MailWriter
from assessments.panels.rechecking import recheck_wave
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.setup import save_settings
from assessments.results.both_tracks import read_together
from assessments.results.panel_lines import panel_context
from assessments.results.panel_numbers import panel_csv
from assessments.statement import fact_lines, statement_of
from assessments.vocabulary import MailKind, QuestionnaireForm
from tests import builders
from tests.builders.panels import launched, open_wave, prepared, put
from tests.builders.respondents import come_in, fill, form_of, hand_in, new_link, questions
from tests.panels.conftest import Make
from tests.results.test_both_tracks import result_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("snapshot_key")]
GROUPS = ("Government", "Business", "Civil society")
SHORT = QuestionnaireForm.SHORT
ASKED = ["IT1a", "IT2b", "IT3c", "IT4a", "IT5a", "CR1a", "ED1a", "ED2a", "ED3a", "ED4b", "CO1b", "CO2b", "CO3a", "CO4a"]


def questionnaire(level: int) -> dict[str, object]:
    """An answer to every item of the full form, as somebody may forge one."""
    return {
        spec.code: dict.fromkeys(spec.options, spec.states[0].key) if spec.options else level
        for spec in asked_specs(builders.items())
    }


def closed(**fields: object) -> WaveSnapshot:
    """A wave that three groups of six answered, on every item there is."""
    wave = open_wave(GROUPS, **fields)
    for level, group in enumerate(GROUPS, 1):
        put(wave, group, [questionnaire(level) for _person in range(6)])
    snapshot = close_and_freeze(wave=wave)
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="module")
def snapshot_key(build_once: Make) -> int:
    return build_once(lambda: closed(form=SHORT).pk)


@pytest.fixture
def snapshot(db: None, snapshot_key: int) -> WaveSnapshot:
    return WaveSnapshot.objects.get(pk=snapshot_key)


@pytest.mark.parametrize(("form", "items", "pages"), [("full", 26, 14), ("short", 14, 14)])
def test_a_respondent_is_asked_what_is_counted(form: str, items: int, pages: int) -> None:
    wave = open_wave(["Government"], form=form)
    specs = {spec.code for spec in asked_specs(builders.items(), form=form)}
    asked = questions(wave)
    assert (len(specs), len(asked)) == (items, pages)
    assert {item.code for question in asked for item in question.rated} == specs
    client = come_in(new_link(wave))
    for question in asked:
        fill(client, question.code)
    (kept,) = UnfinishedQuestionnaire.objects.all()
    assert set(kept.answers) == specs
    hand_in(client)
    snapshot = close_and_freeze(wave=wave)
    assert snapshot is not None
    assert set(snapshot.tallies["all"]["g1"]["answers"]) == specs
    assert recheck_wave([snapshot]) == [[]]


def test_the_short_form_asks_for_words_on_attributes_alone() -> None:
    full, short = (open_wave(["Government"], form=form) for form in QuestionnaireForm)
    assert {key for question in questions(full) for key in question.comment_keys} == {
        "IT", "CR", "CR1d", "ED", "ED3b", "CO",
    }  # fmt: skip
    assert [key for question in questions(short) for key in question.comment_keys] == ["IT", "CR", "ED", "CO"]


def test_what_is_not_asked_is_refused(client: Client) -> None:
    wave = open_wave(["Government"], form=SHORT)
    client = come_in(new_link(wave))
    form = form_of(client.get("/r/q/CR1/"))
    assert client.post("/r/q/CR1/", {**form.fields, "CR1b": "2"}).status_code == 400
    assert UnfinishedQuestionnaire.objects.get().answers == {}


def test_only_asked_items_are_counted_scored_and_frozen(snapshot: WaveSnapshot) -> None:
    restricted = PanelDocument.model_validate(snapshot.document)
    public = PanelDocument.model_validate(snapshot.public)
    for document in (restricted, public):
        assert [item.code for item in document.items] == ASKED
        assert document.short_form is not None
        assert (document.short_form.asked, document.short_form.of) == (14, 26)
        shares = {
            entry.attribute: (entry.asked, entry.of, entry.share.value) for entry in document.short_form.attributes
        }
        assert shares == {
            "IT": (5, 8, Fraction(7, 10)),
            "CR": (1, 3, Fraction(1, 3)),
            "ED": (4, 8, Fraction(11, 16)),
            "CO": (4, 7, Fraction(5, 8)),
        }
        assert {entry.code: entry.status for entry in document.attributes} == {
            "IT": "shown", "CR": "provisional", "ED": "shown", "CO": "provisional",
        }  # fmt: skip
        assert document.index is None
    assert restricted.attributes[1].provisional_because == ["few_asked"]
    assert set(snapshot.tallies["all"]["g1"]["answers"]) == set(ASKED)
    assert recheck_wave([snapshot]) == [[]]


def test_a_full_wave_says_nothing_of_forms() -> None:
    snapshot = closed()
    assert "short_form" not in {**snapshot.document, **snapshot.public}
    assert PanelDocument.model_validate(snapshot.document).short_form is None


def test_organiser_and_groups_are_set_beside_each_other_on_asked_items_alone(snapshot: WaveSnapshot) -> None:
    panel = PanelDocument.model_validate(snapshot.document)
    joint = read_together(result_of({"CR1a": 3, "CR1b": 0, "IT1a": 3, "ED2a": 3}), panel)
    assert joint is not None
    assert [line.code for line in joint.items] == ["IT1a", "CR1a", "ED2a"]
    # Groups were asked a part of every attribute: its score and the organiser's are of different items.
    assert joint.attributes == []


TOLD = "Short form: 14 of 26 items were asked."


def test_every_place_that_shows_the_result_says_so(snapshot: WaveSnapshot) -> None:
    restricted, public = (PanelDocument.model_validate(found) for found in (snapshot.document, snapshot.public))
    for panel in (restricted, public):
        joint = read_together(result_of({"CR1a": 3}), panel)
        assert joint is not None
        context = {**panel_context(joint), "sentences": {}}
        for page in ("results/_disagreement_groups.html", "reports/pdf/_groups.html"):
            drawn = " ".join(render_to_string(f"assessments/{page}", context).split())
            assert TOLD in drawn, page
        assert TOLD in how_sure(joint.result, joint)[2]
        assert "14 of 26" in message_of(joint)[-1]
        lines = context["panel_attributes"]
        assert lines["CR"].depends == ["rests on 1 of 3 items, because the short form was asked"]
        assert "less than two thirds of it, by weight, was asked" in lines["CR"].provisional
        assert lines["IT"].provisional == ""


def test_the_ten_facts_say_it_with_the_numbers_of_answers(snapshot: WaveSnapshot) -> None:
    for found, told in ((snapshot, True), (closed(), False)):
        public = PanelDocument.model_validate(found.public)
        statement = statement_of(found.wave.assessment, result_of({"CR1a": 3}), public)
        (line,) = [line for line in fact_lines(statement) if line.key == "response"]
        assert (TOLD in line.sentences) is told
        assert ("short_form" in statement.model_dump(mode="json")["facts"][2]) is told


def test_the_file_of_figures_says_it(snapshot: WaveSnapshot) -> None:
    short, full = (panel_csv(PanelDocument.model_validate(found.public)) for found in (snapshot, closed()))
    assert [",".join(line.split(",")[5:]) for line in short.splitlines()[3:6]] == [
        "form of the questionnaire,short", "items asked,14", "items of the full form,26",
    ]  # fmt: skip
    assert "form of the questionnaire,full" in full
    assert "items asked" not in full


def test_two_rounds_say_which_form_each_asked(snapshot: WaveSnapshot) -> None:
    short = PanelDocument.model_validate(snapshot.public).short_form
    differ = "Not the same form of the questionnaire was asked both times."
    of_short, of_full = "The short form in round 1: 14 of 26 items.", "The full form in round 2."
    assert forms_then_and_now(short, None, "round 1", "round 2") == [differ, of_short, of_full]
    assert forms_then_and_now(None, short, "round 2", "round 1") == [differ, of_full, of_short]
    assert forms_then_and_now(short, short, "round 1", "round 2")[0] == of_short
    assert forms_then_and_now(None, None, "round 1", "round 2") == []


def test_two_waves_are_compared_where_both_asked_two_thirds_of_the_same(snapshot: WaveSnapshot) -> None:
    short, full = (PanelDocument.model_validate(found.public) for found in (snapshot, closed()))
    assert {line.attribute: line.why for line in attributes_then_and_now(short, full)} == dict.fromkeys(
        ("IT", "CR", "ED", "CO"), "items"
    )
    again = {line.attribute: line.why for line in attributes_then_and_now(short, short)}
    assert (again["CR"], again["CO"]) == ("few_asked", "few_asked")
    assert "few_asked" not in (again["IT"], again["ED"])


def test_a_comparison_names_the_form_of_each(snapshot: WaveSnapshot) -> None:
    documents = [PanelDocument.model_validate(found.public) for found in (snapshot, closed())]
    found = panel_profiles(documents)
    assert found is not None
    assert [profile.short_form is not None for profile in found.profiles] == [True, False]
    assert {verdict.why for verdict in found.pairs[0].attributes} == {"asked_otherwise"}


def test_the_form_is_chosen_before_the_launch_and_locked_with_it() -> None:
    wave = prepared()
    assert wave.form == QuestionnaireForm.FULL
    save_settings(wave=wave, fields={"form": SHORT})
    assert Wave.objects.get(pk=wave.pk).is_short
    with pytest.raises(InvalidAnswer):
        save_settings(wave=wave, fields={"form": "shorter"})
    with pytest.raises(NotAllowed):
        save_settings(wave=launched(), fields={"form": SHORT})


def test_both_forms_stand_beside_each_other_before_one_is_chosen(client: Client) -> None:
    wave = prepared()
    client.force_login(wave.created_by)
    page = client.get(f"/assessments/{wave.assessment.code}/panel/forms/").content.decode()
    told = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "This wave asks the full form." in told
    for words in ("Items to answer 26 14", "Questions 14 14", "Single choices 35 17"):
        assert words in told
    assert "Collective responsibility: 1 of 3 items, 33 per cent of the weight. Its score can only be" in told
    assert "Effective decision-making and implementation: 4 of 8 items, 69 per cent of the weight. Collab" in told
    assert page.count("full form only") == 12
    setup = f"/assessments/{wave.assessment.code}/panel/setup/"
    drawn = client.get(setup).content.decode()
    assert re.findall(r'name="form"\s+value="(\w+)"', drawn) == ["full", "short"], drawn
    assert "about 10 to 15 minutes" in drawn
    sent = {"languages": ["en"], "threshold": "5"}
    assert client.post(setup, {**sent, "form": "short"}).status_code == 302
    assert Wave.objects.get(pk=wave.pk).is_short
    assert client.post(setup, {**sent, "form": "shorter"}).status_code == 422


@pytest.mark.parametrize(("form", "told"), [("full", False), ("short", True)])
def test_mail_says_how_long_it_takes_and_which_form(form: str, told: bool) -> None:
    group = prepared(form=form).groups.all()[0]
    body = MailWriter(group, "ask@example.org").write(MailKind.INVITATION, "https://example.org/r/x/").body
    assert ("This is the short form: 14 of 26 points are asked" in body) is told
    assert ("about 10 to 15 minutes" if told else "about 17 to 25 minutes") in body
