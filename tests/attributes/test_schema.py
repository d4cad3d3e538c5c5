"""Which question sets are refused, and where the message points."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from attributes import schema_rules
from attributes.documents.canonical import shapes
from attributes.schema import QuestionSetSpec, json_schema

Data = dict[str, Any]


def item(data: Data, code: str) -> Data:
    return next(
        item
        for attribute in data["attributes"]
        for question in attribute["questions"]
        for item in question["items"]
        if item["code"] == code
    )


def set_item(code: str, /, **values: Any) -> Callable[[Data], None]:
    return lambda data: item(data, code).update(values)


def drop_item(code: str, *names: str) -> Callable[[Data], None]:
    def bend(data: Data) -> None:
        for name in names:
            del item(data, code)[name]

    return bend


def set_top(**values: Any) -> Callable[[Data], None]:
    return lambda data: data.update(values)


def state(code: str, index: int, /, **values: Any) -> Callable[[Data], None]:
    return lambda data: item(data, code)["states"][index].update(values)


A1A = "attributes.0.questions.0.items.0"
A1B = "attributes.0.questions.0.items.1"
A2A = "attributes.0.questions.1.items.0"
B1A = "attributes.1.questions.0.items.0"
B1B = "attributes.1.questions.0.items.1"


def rule(**values: Any) -> Callable[[Data], None]:
    """A contradiction in order but for these values."""
    return lambda data: data.update(contradictions=[{**RULE, **values}])


def follows(**values: Any) -> Callable[[Data], None]:
    """B1b, a list with the lines of B1a, follows it but for these values."""

    def bend(data: Data) -> None:
        for code in ("B1a", "B1b"):
            item(data, code)["options"] = [{"key": "here", "label": {"en": "here"}}]
        item(data, "B1b")["derived_from"] = {**DERIVED, **values}

    def bent(data: Data) -> None:
        items = data["attributes"][1]["questions"][0]["items"]
        items.append({**items[0], "code": "B1b"})
        bend(data)

    return bent


RULE = {"code": "X1", "a": "A1a", "a_states": ["0", "unanswered"], "b": "A1b", "b_states": ["yes", "not_applicable"]}
EXAMPLE = {"letter": "N", "text": {"en": "Nobody came."}, "source": "A paper"}
DERIVED = {"item": "B1a", "when": "no", "then": "no"}
MISTAKES: list[tuple[Callable[[Data], None], str]] = [
    (set_top(format=2), "format"),
    (set_top(extra=1), "extra"),
    (set_top(slug="Not A Slug"), "slug"),
    (set_top(version="1.0"), "version"),
    (set_top(languages=[]), "languages"),
    (set_top(languages=["en", "en"]), "languages.1"),
    (set_top(languages=["English", "fr"]), "languages.0"),
    (set_top(languages=["fr", "en"]), "credit"),
    (set_top(title={}), "title"),
    (set_top(title={"en": "  "}), "title.en"),
    (set_top(title={"en": "a\x00b"}), "title.en"),
    (set_top(title={"en": "a\ud800"}), "title.en"),
    (set_top(title={"en": "Small", "de": "Klein"}), "title.de"),
    (set_top(title={"fr": "Petit"}), "title"),
    (set_top(title="Small"), "title"),
    (set_top(credit={"en": "{name}"}), "credit.en"),
    (set_top(credit={"en": "half a brace }"}), "credit.en"),
    (set_top(resource_default={"en": "{resource}"}), "resource_default.en"),
    (lambda data: data["source"].update(url="javascript:alert(1)"), "source.url"),
    (lambda data: data["source"].update(year="2020"), "source.year"),
    (lambda data: data["scale"][1].update(value=2), "scale.1.value"),
    (lambda data: data["scale"][1].update(letter="N"), "scale.1.letter"),
    (lambda data: data.update(scale=data["scale"][:1]), "scale"),
    (lambda data: data.update(attributes=[]), "attributes"),
    (lambda data: data["attributes"][1].update(code="A"), "attributes.1.code"),
    (lambda data: data["attributes"][1].update(code="a"), "attributes.1.code"),
    (lambda data: data["attributes"][1].update(slug="first"), "attributes.1.slug"),
    (lambda data: data["attributes"][0].update(questions=[]), "attributes.0.questions"),
    (lambda data: data["attributes"][1]["questions"][0].update(code="A1"), "attributes.1.questions.0.code"),
    (lambda data: data["attributes"][1]["questions"][0].update(code="B 1"), "attributes.1.questions.0.code"),
    (lambda data: data["attributes"][1]["questions"][0].update(items=[]), "attributes.1.questions.0.items"),
    (
        lambda data: data["attributes"][0]["questions"][0].update(verbatim={"en": "Is {resource}?"}),
        "attributes.0.questions.0.verbatim.en",
    ),
    (lambda data: data["criteria"].append(data["criteria"][0]), "criteria.1.code"),
    (lambda data: data["goals"].append(data["goals"][0]), "goals.1.code"),
    (lambda data: data["components"].append(data["components"][0]), "components.1.code"),
    (lambda data: data["crosswalk"][0].update(item_codes=["A1a", "Z9z"]), "crosswalk.0.item_codes.1"),
    (lambda data: data["crosswalk"][0].update(item_codes=["A1a", "A1a"]), "crosswalk.0.item_codes.1"),
    (set_item("B1a", code="A1a"), f"{B1A}.code"),
    (set_item("A1a", revision=0), f"{A1A}.revision"),
    (set_item("A1a", revision=True), f"{A1A}.revision"),
    (set_item("A1a", kind="essay"), f"{A1A}.kind"),
    (set_item("A1a", scored="true"), f"{A1A}.scored"),
    (set_item("A1a", na_condition={"en": "When?"}), f"{A1A}.na_condition"),
    (set_item("A1a", other_allowed=True), f"{A1A}.other_allowed"),
    (set_item("A1a", anchors=[]), f"{A1A}.anchors"),
    (set_item("A1a", anchors=[{"level": 0, "text": {"en": "no"}}] * 2), f"{A1A}.anchors"),
    (set_item("A1a", audience="organiser", stakeholder_primary=True), f"{A1A}.stakeholder_primary"),
    (
        lambda data: [item(data, code).update(quick_check=True) for code in ("A1a", "A1b")],
        f"{A1B}.quick_check",
    ),
    (set_item("A1a", scored=False, critical=False, quick_check=True), f"{A1A}.quick_check"),
    (
        lambda data: [item(data, code).update(short_form=True) for code in ("A1a", "A1b")],
        f"{A1B}.short_form",
    ),
    (set_item("A1a", scored=False, critical=False, short_form=True), f"{A1A}.short_form"),
    (set_item("A1a", audience="organiser", short_form=True), f"{A1A}.short_form"),
    (set_item("A1a", options=[{"key": "x", "label": {"en": "x"}}]), f"{A1A}.options"),
    (set_item("A1a", states=[{"key": "x", "credit": "1", "label": {"en": "x"}}]), f"{A1A}.states"),
    (lambda data: item(data, "A1a")["recommendations"][0].update(trigger="F"), f"{A1A}.recommendations.0.trigger"),
    (
        lambda data: item(data, "A1a")["recommendations"].append(item(data, "A1a")["recommendations"][0]),
        f"{A1A}.recommendations.1.code",
    ),
    (drop_item("A1b", "states"), f"{A1B}.states"),
    (drop_item("A1b", "options", "other_allowed"), f"{A1B}.options"),
    (set_item("A1b", na_allowed=False), f"{A1B}.na_condition"),
    (set_item("A1b", anchors=[{"level": 0, "text": {"en": "no"}}]), f"{A1B}.anchors"),
    (lambda data: item(data, "A1b")["options"][1].update(key="here"), f"{A1B}.options.1.key"),
    (lambda data: item(data, "A1b")["options"][1].update(key="other"), f"{A1B}.options.1.key"),
    (state("A1b", 1, key="yes"), f"{A1B}.states.1.key"),
    (state("A1b", 1, key="dont_know"), f"{A1B}.states.1.key"),
    (state("A1b", 1, credit=None), f"{A1B}.states.1.credit"),
    (state("A1b", 1, credit="3/2"), f"{A1B}.states.1.credit"),
    (state("A1b", 1, credit="-1/2"), f"{A1B}.states.1.credit"),
    (state("A1b", 1, credit="1/0"), f"{A1B}.states.1.credit"),
    (state("A1b", 1, credit="2/4"), f"{A1B}.states.1.credit"),
    (state("A1b", 1, credit="0.5"), f"{A1B}.states.1.credit"),
    (state("A1b", 1, credit=1), f"{A1B}.states.1.credit"),
    (state("A1b", 0, credit="1/2"), f"{A1B}.states"),
    (set_item("A1b", scored=False), f"{A1B}.na_allowed"),
    (set_item("A2a", scored=True), f"{A2A}.scored"),
    (set_item("A2a", critical=True), f"{A2A}.critical"),
    (set_item("A2a", kind="diagnosis_checklist"), f"{A2A}.states"),
    (set_item("B1a", states=[]), f"{B1A}.states"),
    (state("A1b", 1, key="unanswered"), f"{A1B}.states.1.key"),
    (rule(a="Z9z"), "contradictions.0.a"),
    (rule(b="Z9z"), "contradictions.0.b"),
    (rule(b="A1a", b_states=["1"]), "contradictions.0.b"),
    (rule(a_states=[]), "contradictions.0.a_states"),
    (rule(b_states=[]), "contradictions.0.b_states"),
    (rule(a_states=["0", "2"]), "contradictions.0.a_states.1"),
    (rule(a_states=["0", "0"]), "contradictions.0.a_states.1"),
    (rule(a_states=["not_applicable"]), "contradictions.0.a_states.0"),
    (rule(a_states=["Yes"]), "contradictions.0.a_states.0"),
    (rule(b_states=["yes", "maybe"]), "contradictions.0.b_states.1"),
    (rule(b_states=["dont_know"]), "contradictions.0.b_states.0"),
    (rule(b_states=["unanswered"]), "contradictions.0.b_states.0"),
    (rule(named_states=["no", "maybe"]), "contradictions.0.named_states.1"),
    (rule(named_states=["yes"]), "contradictions.0.named_states.0"),
    (rule(a="A2a", a_states=["yes"]), "contradictions.0.a_states.0"),
    (rule(code="X 1"), "contradictions.0.code"),
    (set_top(contradictions=[RULE, {**RULE, "code": "x1"}]), "contradictions.1.code"),
    (set_item("A1a", not_for=["votes"]), f"{A1A}.not_for.0"),
    (set_item("A1a", not_for=["decides", "decides"]), f"{A1A}.not_for.1"),
    (set_item("A1a", not_for=["decides", "recommends", "sets_standards", "dialogues"]), f"{A1A}.not_for"),
    (set_item("A1a", not_for=["decides"], reading={"decides": {"en": "So"}}), f"{A1A}.reading.decides"),
    (set_item("A1a", reading={"votes": {"en": "So"}}), f"{A1A}.reading.votes"),
    (set_item("A1a", reading={"decides": {"fr": "Ainsi"}}), f"{A1A}.reading.decides"),
    (set_item("A1a", reading={"decides": {"en": "{process}"}}), f"{A1A}.reading.decides.en"),
    (set_top(process_default={}), "process_default"),
    (set_item("A1a", participant_text={"en": "Has {who}?"}), f"{A1A}.participant_text.en"),
    (set_item("A1b", why_critical={"en": "Why"}), f"{A1B}.why_critical"),
    (set_item("A1b", examples=[EXAMPLE]), f"{A1B}.examples"),
    (set_item("A1a", examples=[{**EXAMPLE, "letter": "Z"}]), f"{A1A}.examples.0.letter"),
    (set_item("A1a", shows=["groups", "groups"]), f"{A1A}.shows.1"),
    (set_item("A2a", show_it={"en": "So"}), f"{A2A}.show_it"),
    (set_item("B1a", blind_spot={"en": "So"}), f"{B1A}.blind_spot"),
    (set_item("B1a", participant_text={"en": "So?"}), f"{B1A}.participant_text"),
    (set_top(process_default={"en": "{process}"}), "process_default.en"),
    (lambda data: data["attributes"][0].update(lead_in={"en": "Of {resource}:"}), "attributes.0.lead_in.en"),
    (follows(item="A1b"), f"{B1B}.derived_from.item"),
    (follows(item="B1b"), f"{B1B}.derived_from.item"),
    (follows(when="absent"), f"{B1B}.derived_from.when"),
    (follows(then="absent"), f"{B1B}.derived_from.then"),
]


def test_what_contradicts_and_what_follows_is_valid(small: Data) -> None:
    follows()(small)
    rule(named_states=["no"])(small)
    item(small, "A1a").update(
        not_for=["dialogues"], reading={"recommends": {"en": "So"}}, participant_text={"en": "Has {process}?"}
    )
    small["process_default"] = {"en": "this process"}
    spec = QuestionSetSpec.model_validate(small)
    assert spec.contradictions[0].a_states == ("0", "unanswered")


def test_lists_without_a_line_in_common_cannot_contradict_each_other(small: Data) -> None:
    item(small, "B1a")["options"] = [{"key": "nowhere", "label": {"en": "nowhere"}}]
    rule(a="A1b", a_states=["yes"], b="B1a", b_states=["no"])(small)
    with pytest.raises(ValidationError, match="none of the options"):
        QuestionSetSpec.model_validate(small)
    item(small, "B1a")["options"][0]["key"] = "here"
    QuestionSetSpec.model_validate(small)


def test_a_list_follows_one_with_the_same_lines(small: Data) -> None:
    follows()(small)
    item(small, "B1b")["options"] = [{"key": "there", "label": {"en": "there"}}]
    with pytest.raises(ValidationError, match="other options"):
        QuestionSetSpec.model_validate(small)


def test_texts_are_looked_for_in_every_field_that_can_hold_them() -> None:
    models = {QuestionSetSpec}
    for _level in range(5):
        models |= {shape.model for model in models for shape in shapes(model).values() if shape.model}
    assert len(models) > 15
    for model in models:
        holding = [name for name, shape in shapes(model).items() if shape.kind not in ("list", "value")]
        assert list(schema_rules._names(model)) == holding


def test_small_set_is_valid(small: Data) -> None:
    spec = QuestionSetSpec.model_validate(small)
    assert [attribute.code for attribute in spec.attributes] == ["A", "B"]


@pytest.mark.parametrize(("bend", "where"), MISTAKES, ids=[f"{n}-{where}" for n, (_, where) in enumerate(MISTAKES)])
def test_mistake_is_reported_at_its_place(small: Data, bend: Callable[[Data], None], where: str) -> None:
    bend(small)
    with pytest.raises(ValidationError) as caught:
        QuestionSetSpec.model_validate(small)
    assert where in {".".join(str(part) for part in error["loc"]) for error in caught.value.errors()}


def test_all_broken_rules_are_reported_together(small: Data) -> None:
    item(small, "A1a")["anchors"] = []
    item(small, "A2a")["critical"] = True
    with pytest.raises(ValidationError) as caught:
        QuestionSetSpec.model_validate(small)
    assert caught.value.error_count() == 2


def test_spec_does_not_change(small_spec: QuestionSetSpec) -> None:
    with pytest.raises(ValidationError):
        small_spec.slug = "other"  # type: ignore[misc]


def test_reason_quotes_the_placeholder(small: Data) -> None:
    small["credit"] = {"en": "{name}"}
    with pytest.raises(ValidationError, match=r"\{resource\} is the only placeholder"):
        QuestionSetSpec.model_validate(small)


def test_json_schema_names_every_part() -> None:
    assert {"ItemSpec", "OptionSpec", "PrincipleSpec"} <= set(json_schema()["$defs"])
