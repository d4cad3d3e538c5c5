"""The shipped set against facts written down apart from it."""

import re
from fractions import Fraction

import pytest

from assessments.scoring.model import ProcessKind
from attributes.catalogue.published import catalogue_of
from attributes.kinds import Kind, KindOfProcess
from attributes.models import QuestionSet
from attributes.schema import ItemSpec, QuestionSetSpec
from attributes.weights import default_weights
from tests import builders

QUESTIONS = {
    "IT1": "Do those significantly affected by a decision-making process have a chance to be involved in it?",
    "IT2": "What practical barriers to entry exist - language, cost of participation, technical and process "
    "knowledge, cultural norms? Are there activities, processes, or alternative routes to mitigating them?",
    "IT3": "What formal barriers to entry exist - membership criteria and restrictions - and are they absolutely "
    "necessary? What alternatives exist to widen participation and include more voices?",
    "IT4": "Do all stakeholders have a shared understanding of the importance of transparency to inclusion, "
    "legitimacy, participation, and quality of output?",
    "IT5": "Are all stakeholders committed to being as transparent as possible at all times - across inputs, "
    "process, and outputs - and documenting when and why transparency is not possible?",
    "CR1": "Do all stakeholders share a sense of collective responsibility, in their respective roles, for the "
    "future development of the Internet? Do they share the same goals of stewardship of a global public good?",
    "ED1": "Before the substantive discussions begin, does everyone agree on shared goals to guide the process and "
    "ensure the core questions are not debated multiple times?",
    "ED2": "Is it clear from the outset — when shared goals are defined - that an outcome can feasibly be "
    "implemented by all relevant stakeholders?",
    "ED3": "Is there a common understanding across stakeholder groups about how decisions will be made?",
    "ED4": "Has everything been done to ensure that those who operate the infrastructure or are most affected by "
    "this decision have been part of making it? Has the process been sufficiently inclusive and transparent to "
    "maximise the ease of implementation?",
    "CO1": "Have we identified other processes or organisations also working in this space, and connected with them "
    "to share information and open dialogue? Are we committed to respecting the roles of other processes or "
    "organisations and being constructive and open-minded about using their outputs?",
    "CO2": "In deliberating and making decisions, have we identified all stakeholders and collaborated with any "
    "interested or affected party?",
    "CO3": "Have the right tools been used so stakeholders can scale up creative conversations and make connections "
    "organically?",
    "CO4": "Are we open to sharing our findings and adopting the best working practices of other processes or "
    "organisations to keep improving?",
}
# Item: weight on the evidence track, weight on the experience track (None: stakeholders are not asked).
WEIGHTS = {
    "IT1a": ("1/5", "1/5"), "IT2b": ("1/5", "1/5"), "IT3b": ("1/10", "1/10"), "IT3c": ("1/10", "1/10"),
    "IT4a": ("1/10", "1/10"), "IT4b": ("1/10", "1/10"), "IT5a": ("1/15", "1/10"), "IT5b": ("1/15", "1/10"),
    "IT5c": ("1/15", None), "CR1a": ("1/3", "1/3"), "CR1b": ("1/3", "1/3"), "CR1c": ("1/3", "1/3"),
    "ED1a": ("1/8", "1/8"), "ED1b": ("1/8", "1/8"), "ED2a": ("1/4", "1/4"), "ED3a": ("1/4", "1/4"),
    "ED4a": ("1/16", "1/16"), "ED4b": ("1/16", "1/16"), "ED4c": ("1/16", "1/16"), "ED4d": ("1/16", "1/16"),
    "CO1a": ("1/16", None), "CO1b": ("1/16", "1/8"), "CO1c": ("1/16", "1/8"), "CO1d": ("1/16", None),
    "CO2a": ("1/8", "1/8"), "CO2b": ("1/8", "1/8"), "CO3a": ("1/8", "1/8"), "CO3b": ("1/8", "1/8"),
    "CO4a": ("1/8", "1/4"), "CO4b": ("1/8", None),
}  # fmt: skip
UNSCORED = {"IT2a", "IT2c", "IT3a", "IT3d", "CR1d", "ED3b", "CO3c"}
CRITICAL = {"IT1a", "IT5a", "CR1a", "ED1a", "ED3a", "CO1a"}
# One item of every question.
QUICK_CHECK = {
    "IT1a", "IT2b", "IT3c", "IT4a", "IT5a", "CR1a", "ED1a", "ED2a", "ED3a", "ED4b", "CO1b", "CO2b", "CO3a", "CO4a",
}  # fmt: skip
# The same: what speaks for a question to an organiser in a hurry does so to participants.
SHORT_FORM = QUICK_CHECK
NOT_APPLICABLE = {"IT3c", "IT5c", "ED2a", "ED4a", "ED4c", "ED4d"}
ORGANISER_ONLY = {"IT5c", "CO1a", "CO1d", "CO4b"}
STAKEHOLDER_PRIMARY = {"IT4a", "IT4b", "CR1a", "CR1b", "CR1c", "ED1a", "ED3a"}
KINDS = {
    "IT2a": Kind.DIAGNOSIS_CHECKLIST, "IT3a": Kind.DIAGNOSIS_CHECKLIST,
    "IT2b": Kind.BARRIER_CHECKLIST,
    "IT3b": Kind.JUSTIFIED_YES_NO, "IT5c": Kind.JUSTIFIED_YES_NO,
    "IT4b": Kind.COVERAGE_CHECKLIST, "IT5b": Kind.COVERAGE_CHECKLIST,
    "IT2c": Kind.OPEN_TEXT, "IT3d": Kind.OPEN_TEXT, "CR1d": Kind.OPEN_TEXT, "ED3b": Kind.OPEN_TEXT,
    "CO3c": Kind.OPEN_TEXT,
}  # fmt: skip
BARRIERS = ["language", "cost_of_participation", "technical_and_process_knowledge", "cultural_norms"]
OPTIONS = {
    "IT2a": BARRIERS,
    "IT2b": BARRIERS,
    "IT3a": ["membership_criteria", "restrictions"],
    "IT3b": ["membership_criteria", "restrictions"],
    "IT4b": ["inclusion", "legitimacy", "participation", "quality_of_output"],
    "IT5b": ["inputs", "process", "outputs"],
    "IT5c": [],
}
COVERAGE = {("yes", "1", False), ("partly", "1/2", False), ("no", "0", False)}
EXISTENCE = {("exists", None, False), ("does_not_exist", None, True)}
STATES = {
    "IT2a": EXISTENCE,
    "IT3a": EXISTENCE,
    "IT2b": {("absent", "1", True), ("mitigated", "1", False), ("partly", "1/2", False), ("unmitigated", "0", False)},
    "IT3b": {("yes", "1", True), ("absent", "1", True), ("no", "0", False)},
    "IT4b": COVERAGE,
    "IT5b": COVERAGE,
    "IT5c": {("yes", "1", True), ("no", "0", False)},
}


# What leads to the questions in the paper; two of the attributes have no such words.
LEAD_IN = {
    "IT": "Answering the following questions can help to assess and improve this requirement:",
    "ED": "In deliberating on issues of global Internet governance, we should ask:",
}
NOT_FOR_DIALOGUES = {"ED2a", "ED4a", "ED4c", "ED4d"}
# Kinds of process that have a reading.
READINGS = {
    "IT1a": {"recommends", "sets_standards", "dialogues"}, "CO2b": {"recommends", "sets_standards", "dialogues"},
    "IT5b": {"recommends", "sets_standards", "dialogues"}, "CR1d": {"dialogues"},
    "ED1a": {"sets_standards", "dialogues"}, "ED1b": {"sets_standards", "dialogues"},
    "ED2a": {"recommends", "sets_standards"}, "ED3a": {"recommends", "sets_standards", "dialogues"},
    "ED3b": {"recommends", "sets_standards", "dialogues"}, "ED4a": {"recommends", "sets_standards"},
    "ED4b": {"recommends", "sets_standards", "dialogues"}, "ED4c": {"recommends", "sets_standards"},
    "ED4d": {"recommends", "sets_standards"},
}  # fmt: skip
# The contradictions of method 3.3; "" is no answer yet.
CONTRADICTIONS = {
    "X1": ("IT2a", {"does_not_exist"}, "IT2b", {"partly", "mitigated"}, {"unmitigated"}),
    "X2": ("IT2a", {"exists"}, "IT2b", {"absent", "not_applicable"}, set()),
    "X3": ("IT3a", {"does_not_exist"}, "IT3b", {"yes"}, {"no"}),
    "X4": ("IT3a", {"exists"}, "IT3b", {"absent", "not_applicable"}, set()),
    "X5": ("IT3a", {"exists", "dont_know", ""}, "IT3c", {"not_applicable"}, set()),
    "X6": ("IT5a", {"0"}, "IT5c", {"not_applicable"}, set()),
}


@pytest.fixture
def items(shipped_spec: QuestionSetSpec) -> dict[str, ItemSpec]:
    return {
        item.code: item
        for attribute in shipped_spec.attributes
        for question in attribute.questions
        for item in question.items
    }


def test_questions_are_verbatim(shipped_spec: QuestionSetSpec) -> None:
    found = {
        question.code: question.verbatim for attribute in shipped_spec.attributes for question in attribute.questions
    }
    assert found == {code: {"en": text} for code, text in QUESTIONS.items()}
    assert list(found) == list(QUESTIONS)


def test_attributes(shipped_spec: QuestionSetSpec) -> None:
    assert [(attribute.code, attribute.title["en"]) for attribute in shipped_spec.attributes] == [
        ("IT", "Inclusiveness and transparency"),
        ("CR", "Collective responsibility"),
        ("ED", "Effective decision-making and implementation"),
        ("CO", "Collaboration through distributed and interoperable governance"),
    ]
    assert [len(attribute.quotations) for attribute in shipped_spec.attributes] == [5, 2, 4, 3]
    assert shipped_spec.resource_default == {"en": "the Internet"}
    assert [(level.letter, level.label["en"]) for level in shipped_spec.scale] == [
        ("N", "Not achieved"),
        ("P", "Partially achieved"),
        ("L", "Largely achieved"),
        ("F", "Fully achieved"),
    ]


def test_lead_ins_are_verbatim(shipped_spec: QuestionSetSpec) -> None:
    found = {attribute.code: attribute.lead_in.get("en") for attribute in shipped_spec.attributes}
    assert found == {"CR": None, "CO": None} | LEAD_IN


def test_counts(shipped_spec: QuestionSetSpec, items: dict[str, ItemSpec]) -> None:
    assert len(items) == 37
    assert sum(item.scored for item in items.values()) == 30
    assert sum(item.scored and item.audience == "both" for item in items.values()) == 26
    assert [len(shipped_spec.criteria), len(shipped_spec.goals), len(shipped_spec.components)] == [4, 4, 3]


def test_flags(items: dict[str, ItemSpec]) -> None:
    def codes(name: str) -> set[str]:
        return {code for code, item in items.items() if getattr(item, name)}

    assert codes("scored") == set(WEIGHTS)
    assert set(items) - codes("scored") == UNSCORED
    assert codes("critical") == CRITICAL
    assert codes("na_allowed") == codes("na_condition") == NOT_APPLICABLE
    assert codes("stakeholder_primary") == STAKEHOLDER_PRIMARY
    assert codes("quick_check") == QUICK_CHECK
    assert {code[:-1] for code in QUICK_CHECK} == set(QUESTIONS)
    assert codes("short_form") == SHORT_FORM
    assert {code[:-1] for code in SHORT_FORM} == set(QUESTIONS)
    # What limits a letter is asked in any case.
    assert not {code for code in CRITICAL - ORGANISER_ONLY if code not in SHORT_FORM}
    assert codes("other_allowed") == {"IT2a", "IT3a"}
    assert {code for code, item in items.items() if item.audience == "organiser"} == ORGANISER_ONLY
    assert {item.revision for item in items.values()} == {1}


def test_kinds_options_and_states(items: dict[str, ItemSpec]) -> None:
    assert {code: item.kind for code, item in items.items() if item.kind is not Kind.RATING} == KINDS
    checklists = {code: item for code, item in items.items() if item.states}
    assert {code: [option.key for option in item.options] for code, item in checklists.items()} == OPTIONS
    found = {
        code: {(state.key, state.credit, state.needs_text) for state in item.states}
        for code, item in checklists.items()
    }
    assert found == STATES


def test_what_openness_means_stands_with_the_options(items: dict[str, ItemSpec]) -> None:
    assert [option.help["en"] for option in items["IT5b"].options] == [
        "submissions and who made them are public",
        "meetings, drafts and how decisions were reached are public",
        "decisions and final texts are public and easy to find",
    ]


def test_every_scored_item_can_be_evidenced_and_improved(items: dict[str, ItemSpec]) -> None:
    for code in WEIGHTS:
        assert items[code].evidence_prompts, code
        assert items[code].recommendations, code
        assert all(advice.code.startswith(f"{code}-R") for advice in items[code].recommendations)
        assert all(advice.basis_quote and advice.basis_lines for advice in items[code].recommendations)
    assert len(items["IT1a"].recommendations) == 3
    assert items["ED3a"].anchors[0].text == {"en": "How decisions will be made has not been said."}


def test_passages_that_tell_of_a_case_name_it(items: dict[str, ItemSpec]) -> None:
    """Without its name a reader takes what was seen elsewhere for a fact about their own process."""
    cases = {advice.code: advice.basis_case.get("en", "") for item in items.values() for advice in item.recommendations}
    assert cases["IT2b-R1"] == "IANA transition, 2014–2016"
    assert cases["CO2a-R2"] == "NETmundial, 2014"
    assert cases["ED1a-R1"] == "OECD security guidelines, 2013–2015"
    assert cases["IT1a-R1"] == ""  # a principle, seen nowhere


def test_every_scored_item_says_what_shows_it_and_what_to_do(items: dict[str, ItemSpec]) -> None:
    for name in ("evidence_sentence", "show_it"):
        assert {code for code, item in items.items() if getattr(item, name)} == set(WEIGHTS), name
    assert {code for code, item in items.items() if item.blind_spot} == set(WEIGHTS) - ORGANISER_ONLY
    assert {code for code, item in items.items() if item.why_critical} == CRITICAL
    # What is shown is not asked again, and what groups do not see is asked of them.
    assert all(item.blind_spot["en"].startswith("Ask ") for item in items.values() if item.blind_spot)
    assert all(item.evidence_sentence["en"].startswith("Say ") for item in items.values() if item.evidence_sentence)


def test_groups_and_goals_stand_beside_the_items_that_speak_of_them(items: dict[str, ItemSpec]) -> None:
    shown = {what: {code for code, item in items.items() if what in item.shows} for what in ("groups", "goals")}
    assert shown == {"groups": {"IT1a", "CR1a", "ED3a", "CO2a"}, "goals": {"CR1c", "ED1a"}}


def test_no_example_is_made_up(items: dict[str, ItemSpec]) -> None:
    """The paper's cases do not carry the words of any level (see the case studies of the demonstration)."""
    assert not any(item.examples for item in items.values())


def test_every_critical_item_of_the_other_set_says_why_too() -> None:
    spec = builders.netmundial_spec()
    items = [item for attribute in spec.attributes for question in attribute.questions for item in question.items]
    assert {item.code for item in items if item.why_critical} == {"MP1a", "OP2a", "TE2b", "EP1a"}
    assert all(bool(item.why_critical) is item.critical for item in items)


def test_participants_are_not_addressed_as_organisers(
    items: dict[str, ItemSpec], shipped_spec: QuestionSetSpec
) -> None:
    """Whose "we" would it be: every item that they are asked has words for them, but one that asks their own part."""
    asked = {code for code, item in items.items() if item.audience == "both"}
    assert {code for code, item in items.items() if item.participant_text} == asked - {"CR1d"}
    assert shipped_spec.process_default == {"en": "this process"}
    read = [text for code in asked for text in _read_by_participants(items[code])]
    wrong = re.compile(
        r"\b(we|our|us|coverage|score of|stated basis|written justification|organiser's)\b", re.IGNORECASE
    )
    assert [text for text in read if wrong.search(text)] == []


def _read_by_participants(item: ItemSpec) -> list[str]:
    own = [item.participant_text or item.text, item.participant_note or item.note]
    for state in item.states:
        own += [state.participant_label or state.label, state.participant_text or state.text]
    return [text["en"] for text in [*own, *(anchor.text for anchor in item.anchors)] if text]


def test_principles_are_not_called_quoted(shipped_spec: QuestionSetSpec) -> None:
    """The paper puts what it took from NETmundial into words of its own."""
    assert {principle.framework["en"] for principle in shipped_spec.crosswalk} == {
        "NETmundial Internet Governance Process Principles (2014), as summarised in the paper"
    }
    assert "as summarised in" in builders.netmundial_spec().credit["en"]


def test_notes_are_written_for_users(items: dict[str, ItemSpec]) -> None:
    for item in items.values():
        note = item.note.get("en", "")
        assert not any(word in note for word in ("section", "[J]", "N/A", "Stakeholder-primary")), item.code


def test_the_resource_is_never_put_into_a_question(items: dict[str, ItemSpec]) -> None:
    assert {code for code, item in items.items() if "{resource}" in item.text["en"]} == {"CR1a", "CR1d"}


def test_crosswalk(shipped_spec: QuestionSetSpec) -> None:
    found = [principle.item_codes for principle in shipped_spec.crosswalk]
    assert [len(codes) for codes in found] == [4, 6, 16, 7, 4, 2]
    assert found[0] == ("IT1a", "CO2b", "ED4b", "CR1b")
    assert found[5] == ("CR1c", "ED1a")
    assert [principle.not_covered.get("en") for principle in shipped_spec.crosswalk] == [
        "Accountability of participants to those they speak for.",
        "Whether consensus itself is sought.",
        "Accountability, review and redress.",
        None,
        None,
        None,
    ]


def test_kinds_of_process(items: dict[str, ItemSpec]) -> None:
    assert {code for code, item in items.items() if item.not_for} == NOT_FOR_DIALOGUES
    assert {items[code].not_for for code in NOT_FOR_DIALOGUES} == {(KindOfProcess.DIALOGUES,)}
    found = {code: set(item.reading.model_dump(exclude_defaults=True)) for code, item in items.items()}
    assert {code: kinds for code, kinds in found.items() if kinds} == READINGS


def test_the_method_has_the_same_kinds_of_process() -> None:
    assert [kind.value for kind in KindOfProcess] == [kind.value for kind in ProcessKind]


@pytest.mark.django_db
def test_contradictions(shipped: QuestionSet) -> None:
    found = catalogue_of(shipped).contradictions
    assert {
        rule.code: (rule.a, set(rule.a_states), rule.b, set(rule.b_states), set(rule.named_states)) for rule in found
    } == CONTRADICTIONS


@pytest.mark.django_db
def test_lists_that_follow_another(shipped: QuestionSet) -> None:
    found = {code: item.derived_from for code, item in catalogue_of(shipped).items.items() if item.derived_from}
    assert {code: (one.item, one.when, one.then) for code, one in found.items()} == {
        "IT2b": ("IT2a", "does_not_exist", "absent"),
        "IT3b": ("IT3a", "does_not_exist", "absent"),
    }


@pytest.mark.django_db
def test_default_weights(shipped: QuestionSet) -> None:
    attributes = catalogue_of(shipped).attributes
    evidence = {code: weight for attribute in attributes for code, weight in default_weights(attribute).items()}
    experience = {
        code: weight
        for attribute in attributes
        for code, weight in default_weights(attribute, stakeholders=True).items()
    }
    assert evidence == {code: Fraction(weight) for code, (weight, _other) in WEIGHTS.items()}
    assert experience == {code: Fraction(weight) for code, (_other, weight) in WEIGHTS.items() if weight}
    assert all(sum(default_weights(attribute).values()) == 1 for attribute in attributes)
