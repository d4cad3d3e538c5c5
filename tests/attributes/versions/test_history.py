"""Codes name the same thing for ever, in drafts and in files."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from attributes.documents import operations
from attributes.documents.documents import Address, Document, node
from attributes.documents.history import problems_with_history
from attributes.exceptions import QuestionSetHistoryError
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests.builders.small_set import SMALL

A1A, A1B = Address("item", "A1a"), Address("item", "A1b")


def version(number: str, base: Document = SMALL) -> Document:
    return {**copy.deepcopy(base), "version": number}


def reworded(number: str, text: str, **fields: Any) -> Document:
    document = version(number)
    node(document, A1A).update(text={"en": text}, **fields)
    return document


def without(number: str) -> Document:
    document = version(number)
    operations.remove(document, A1B)
    return document


def found(document: Document, *earlier: Document, **options: Any) -> list[tuple[str, str]]:
    return [
        (str(problem.address), str(problem.path[0])) for problem in problems_with_history(document, earlier, **options)
    ]


def test_first_version_and_equal_ones_are_fine() -> None:
    assert found(SMALL) == []
    assert found(version("1.0.1"), SMALL) == []


def test_version_that_is_taken() -> None:
    assert found(SMALL, SMALL) == [("set", "version")]


def test_same_revision_with_other_wording() -> None:
    assert found(reworded("1.1.0", "Other?"), SMALL) == [("item/A1a", "revision")]
    assert found(reworded("1.1.0", "Other?", revision=2), SMALL) == []
    assert found(reworded("1.1.0", "Is {resource} carred for?"), SMALL) == []


def test_other_wording_is_spelling_where_somebody_says_so() -> None:
    assert found(reworded("1.1.0", "Other?"), SMALL, declared={"item/A1a": "spelling"}) == []
    # The number of the version says it as well.
    assert found(reworded("1.0.1", "Other?"), SMALL) == []


def test_other_answers_are_never_spelling() -> None:
    document = version("1.0.1")
    node(document, A1B)["options"].pop()
    assert found(document, SMALL, declared={"item/A1b": "spelling"}) == [("item/A1b", "revision")]


def test_small_steps_may_add_up() -> None:
    second = reworded("1.0.1", "Other?")
    assert found(reworded("1.1.0", "Other?"), SMALL, second) == []


def test_code_that_comes_back_with_other_content() -> None:
    back = version("1.2.0")
    node(back, A1B).update(short={"en": "Elsewhere"}, revision=2)
    assert found(back, SMALL, without("1.1.0")) == [("item/A1b", "code")]
    assert found(version("1.2.0"), SMALL, without("1.1.0")) == []


def test_code_published_on_another_branch() -> None:
    def with_new(number: str, text: str) -> Document:
        document = version(number)
        operations.add(
            document, "item", "A1", "A1c", kind="open_text", short={"en": "S"}, text={"en": text}, scored=False
        )
        return document

    one, two = with_new("1.1.0", "One?"), with_new("2.0.0", "Two?")
    assert found(two, SMALL, one, base=SMALL) == [("item/A1c", "code"), ("item/A1c", "revision")]


def test_items_that_never_existed_cannot_be_replaced() -> None:
    document = version("1.1.0")
    operations.split(document, "A1b", ["A1c", "A1d"])
    assert found(document, SMALL) == []
    node(document, Address("item", "A1d"))["replaces"] = ["Z9"]
    assert found(document, SMALL) == [("item/A1d", "replaces")]
    assert found(document, SMALL, born=["Z9"]) == []


@pytest.mark.django_db
def test_file_that_contradicts_a_stored_version_is_refused(published: QuestionSet) -> None:
    spec = QuestionSetSpec.model_validate(reworded("1.1.0", "Other?"))
    with pytest.raises(QuestionSetHistoryError, match=r"A1a asks something else than in version 1\.0\.0"):
        store_spec(spec)
    assert QuestionSet.objects.count() == 1
    assert store_spec(spec, declared={"item/A1a": "spelling"})[1]


@pytest.mark.django_db
def test_command_refuses_all_files_or_none_and_takes_spelling(
    published: QuestionSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps({**version("1.0.0"), "slug": "other"}))
    bad.write_text(json.dumps(reworded("1.1.0", "Other?")))
    with pytest.raises(CommandError, match=r"item/A1a: A1a asks something else .* say that only the spelling changed"):
        call_command("load_question_set", good, bad)
    assert QuestionSet.objects.count() == 1
    call_command("load_question_set", good, bad, "--spelling", "A1a")
    assert capsys.readouterr().out == (
        "other 1.0.0: published (2 attributes, 3 questions, 4 items)\n"
        "small 1.1.0: published (2 attributes, 3 questions, 4 items)\n"
    )
