"""Every kind of answer survives form → service → database → form; and what may count is decided in one place."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from assessments.answering.fields import BUILDERS, build_field
from assessments.answering.services.answers import AnswerToSave, save_answers
from assessments.answers.counting import contents_of, given_answer, item_specs, score_answers
from assessments.answers.evidence import GivenEvidence, pieces_of
from assessments.answers.value import (
    AnswerContent,
    OptionContent,
    canonical,
    combined,
    content_of,
    fields_of,
    is_complete,
    link_lines,
    web_links,
)
from assessments.models import Answer, Assessment, EvidenceFile
from assessments.scoring.evidence import item_evidence
from assessments.web_addresses import with_scheme
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind
from attributes.texts import clean_text
from msgov.accounts.models import User
from tests import builders
from tests.examples import examples

GOALS = ("inclusion", "legitimacy", "participation", "quality_of_output")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(clean_text)
# As the form gives them: each once, whatever ended its line.
LINKS = TEXT.map(lambda text: "\n".join(dict.fromkeys(map(with_scheme, link_lines(text)))))


def contents(item: CatalogueItem) -> SearchStrategy[AnswerContent]:
    """Any answer that the form of an item can give."""
    states = [state.key for state in item.states]
    apart = ["dont_know", *(["not_applicable"] if item.scored else [])] if item.options else []
    line = st.builds(OptionContent, st.sampled_from(["", *states, *apart]), TEXT if needs_words(item) else st.just(""))
    whole = ["unanswered", "dont_know", *(["not_applicable"] if item.na_allowed else [])]
    if item.kind is Kind.OPEN_TEXT:
        proper = st.builds(AnswerContent, text=TEXT)
    elif item.kind is Kind.RATING:
        proper = st.one_of(
            st.builds(AnswerContent, state=st.just("answered"), level=st.integers(0, 3)),
            st.builds(AnswerContent, state=st.sampled_from(whole)),
        )
    else:
        proper = st.builds(
            AnswerContent,
            state=st.just("answered") if item.options else st.sampled_from(["answered", *whole]),
            options=st.fixed_dictionaries(dict.fromkeys(item.option_keys, line)),
            other=TEXT if item.other_allowed else st.just(""),
        )
    beside = st.fixed_dictionaries(
        {
            "not_applicable_reason": TEXT if item.na_allowed else st.just(""),
            "evidence_class": st.sampled_from(["", "E0", "E1", "E2"]) if item.scored else st.just(""),
            "evidence_text": TEXT if item.scored else st.just(""),
            "evidence_links": LINKS if item.scored else st.just(""),
            "evidence_source": st.sampled_from(["", "organiser", "groups", "survey"])
            if item.scored and item.stakeholder_primary
            else st.just(""),
            "comment": TEXT if item.scored else st.just(""),
        }
    )
    return st.builds(lambda content, extra: canonical(item, replace(content, **extra)), proper, beside)


def needs_words(item: CatalogueItem) -> bool:
    # A line of a scored list that does not apply needs them.
    return not item.options or item.scored or any(state.needs_text for state in item.states)


def as_sent(field: Any, content: AnswerContent) -> dict[str, Any]:
    """What a browser sends for a form that shows this content."""
    shown = field.show(content, str_of)
    data = {field.name("version"): "0", field.name("comment"): content.comment}
    for radio in [*shown.get("levels", []), *shown.get("states", []), *shown.get("off_scale", [])]:
        if radio["checked"]:
            data[radio["name"]] = radio["value"]
    for line in shown.get("lines", []):
        data |= {radio["name"]: radio["value"] for radio in line["choices"] if radio["checked"]}
        data[line["text_name"]] = line["text"].replace("\n", "\r\n")
    if shown.get("text_name"):
        data[shown["text_name"]] = shown["text"].replace("\n", "\r\n")
    if shown.get("other_name"):
        data[shown["other_name"]] = shown["other"]
    data |= {
        field.name("reason"): content.not_applicable_reason,
        field.name("evidence"): content.evidence_text,
        field.name("links"): content.evidence_links,
        field.name("class"): content.evidence_class,
        field.name("source"): content.evidence_source,
    }
    sent = QueryDict(mutable=True)
    sent.update({name: value for name, value in data.items() if name in field.names()})
    return sent


def str_of(text_map: Mapping[str, str]) -> str:
    return next(iter(text_map.values()), "")


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(60))
@given(data=st.data())
def test_every_kind_survives_form_service_and_database(
    assessment: Assessment, organiser: User, data: DataObject
) -> None:
    catalogue = builders.items()
    item = data.draw(st.sampled_from(list(catalogue.items.values())), label="item")
    content = data.draw(contents(item), label="content")
    field = build_field(item, catalogue)
    read = field.read(as_sent(field, content), AnswerContent())
    assert read.content == content
    Answer.objects.all().delete()
    save_answers(assessment=assessment, user=organiser, entries=[AnswerToSave(item, read.content, 0)])
    row = Answer.objects.filter(item_id=item.pk).first()
    assert content_of(item, row) == content
    # Nothing that the form can send is refused by the scoring.
    score_answers(catalogue, contents_of(catalogue, [row] if row else []), {})


def test_a_link_is_kept_once_whatever_ends_its_line(catalogue: CatalogueSet) -> None:
    field = build_field(catalogue.items["IT1a"], catalogue)
    sent = QueryDict(mutable=True)
    sent.update({field.name("version"): "0", field.name("links"): "minutes\x85list\r\nminutes\u2028list\n"})
    assert field.read(sent, AnswerContent()).content.evidence_links == "minutes\nlist"


def test_there_is_exactly_one_builder_per_kind() -> None:
    assert set(BUILDERS) == set(Kind)


@pytest.fixture
def catalogue(db: None) -> CatalogueSet:
    return builders.items()


def test_dont_know_as_a_whole_is_dont_know_on_every_line(catalogue: CatalogueSet) -> None:
    item = catalogue.items["IT4b"]
    as_a_whole = content_of(item, Answer(state="dont_know"))
    every_line = Answer(state="dont_know", value={"options": {key: {"state": "dont_know"} for key in item.option_keys}})
    assert as_a_whole == content_of(item, every_line)
    assert as_a_whole.state == "dont_know"


WORDS = "The minutes say who agreed."
LINK = "https://example.org/"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("given_", "primary", "best", "held"),
    [
        ({}, False, "E0", "E0"),
        ({"evidence_class": "E2"}, False, "E0", "E0"),
        ({"evidence_text": "Minutes"}, False, "E0", "E0"),
        ({"evidence_text": WORDS}, False, "E1", "E1"),
        ({"evidence_text": WORDS, "evidence_class": "E2"}, False, "E1", "E1"),
        ({"evidence_links": LINK}, False, "E1", "E1"),
        ({"evidence_links": LINK, "evidence_class": "E2"}, False, "E1", "E1"),
        ({"evidence_links": LINK, "evidence_text": WORDS}, False, "E2", "E2"),
        ({"evidence_links": LINK, "evidence_text": WORDS, "evidence_class": "E0"}, False, "E2", "E0"),
        ({"evidence_links": LINK, "evidence_text": WORDS, "evidence_class": "E1"}, False, "E2", "E1"),
        ({"evidence_links": "example.org", "evidence_text": WORDS}, False, "E1", "E1"),
        ({"evidence_links": LINK, "evidence_text": WORDS}, True, "E1", "E1"),
        ({"evidence_links": LINK, "evidence_text": WORDS, "evidence_class": "E2"}, True, "E1", "E1"),
        ({"evidence_links": LINK, "evidence_text": WORDS, "evidence_source": "organiser"}, True, "E1", "E1"),
        ({"evidence_links": LINK, "evidence_text": WORDS, "evidence_source": "groups"}, True, "E2", "E2"),
        ({"evidence_links": LINK, "evidence_text": WORDS, "evidence_source": "survey"}, True, "E2", "E2"),
    ],
)
def test_evidence_class_is_never_above_what_is_given(
    catalogue: CatalogueSet, given_: dict[Any, Any], primary: bool, best: str, held: str
) -> None:
    answer = given_answer(catalogue.items["IT4a" if primary else "IT1a"], AnswerContent(**given_))
    assert item_evidence(answer.evidence, stakeholder_primary=primary).grade == best
    assert item_evidence(answer.evidence, stakeholder_primary=primary, chosen=answer.chosen).grade == held


@pytest.mark.parametrize(("words", "grade"), [("", "E1"), (WORDS, "E2")])
def test_a_file_counts_with_a_sentence_on_what_it_shows(words: str, grade: str) -> None:
    file = EvidenceFile(sha256="a" * 64)
    [piece] = pieces_of(AnswerContent(evidence_text=words), GivenEvidence(files=[file]))
    assert piece.reference == f"sha256:{'a' * 64}"
    assert item_evidence([piece]).grade == grade


def test_not_applicable_without_a_reason_is_given_as_it_was_said(catalogue: CatalogueSet) -> None:
    item = catalogue.items["IT3c"]
    answer = given_answer(item, AnswerContent(state="not_applicable"))
    assert (answer.state.value, answer.has_reason) == ("not_applicable", False)
    # Where the item does not allow it the scoring would refuse it: nothing is answered.
    assert given_answer(catalogue.items["IT1a"], AnswerContent(state="not_applicable")).state.value == "unanswered"


def test_specs_carry_the_credits_of_the_question_set(catalogue: CatalogueSet) -> None:
    specs = {spec.code: spec for spec in item_specs(catalogue)}
    assert len(specs) == 30
    assert {state.key: state.credit for state in specs["IT2b"].states} == {
        "unmitigated": Fraction(0),
        "partly": Fraction(1, 2),
        "mitigated": Fraction(1),
        "absent": Fraction(1),
    }
    assert specs["IT5c"].options == ("",)


@pytest.mark.alike
@pytest.mark.parametrize(
    ("code", "content", "complete"),
    [
        ("IT1a", AnswerContent(), False),
        ("IT1a", AnswerContent(state="dont_know"), True),
        ("IT3c", AnswerContent(state="not_applicable"), False),
        ("IT3c", AnswerContent(state="not_applicable", not_applicable_reason="None"), True),
        ("IT5c", AnswerContent(state="answered", options={"": OptionContent("yes")}), False),
        ("IT5c", AnswerContent(state="answered", options={"": OptionContent("no")}), True),
        ("IT3b", AnswerContent(state="answered", options={"restrictions": OptionContent("no")}), False),
        ("IT4b", AnswerContent(state="answered", options=dict.fromkeys(GOALS, OptionContent("not_applicable"))), False),
        (
            "IT4b",
            AnswerContent(state="answered", options=dict.fromkeys(GOALS, OptionContent("not_applicable", "x"))),
            True,
        ),
    ],
)
def test_complete_means_that_nothing_more_is_asked(
    catalogue: CatalogueSet, code: str, content: AnswerContent, complete: bool
) -> None:
    assert is_complete(catalogue.items[code], content) is complete


def test_both_versions_keep_all_words() -> None:
    mine = AnswerContent(state="answered", level=3, evidence_text="a", evidence_links="https://x.example/")
    theirs = AnswerContent(
        state="answered", level=1, evidence_text="b", comment="c", evidence_links="https://y.example/"
    )
    assert combined(mine, theirs) == AnswerContent(
        state="answered",
        level=3,
        evidence_text="a\n\nb",
        comment="c",
        evidence_links="https://x.example/\nhttps://y.example/",
    )


@pytest.mark.parametrize(
    "line",
    ["example.org", "ftp://example.org", "javascript:alert(1)", "https://", "http://a b", "https://[x", "https://a:b/"],
)
def test_only_web_addresses_become_links(line: str) -> None:
    assert web_links(f"{line}\nhttps://example.org/a?b=c") == ["https://example.org/a?b=c"]


def test_stored_columns_are_those_of_the_model(catalogue: CatalogueSet) -> None:
    names = {field.name for field in Answer._meta.get_fields()}
    assert set(fields_of(catalogue.items["IT1a"], AnswerContent())) <= names


def test_line_ends_of_office_programs_stay_line_ends() -> None:
    assert clean_text("one\x0btwo\x0cthree\r\nfour\rfive\x00 \x07") == "one\ntwo\nthree\nfour\nfive"
