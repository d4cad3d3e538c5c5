"""A result belongs to the assessment it is stored with, whatever its document says."""

from typing import Any

import pytest

from assessments.comparing.stored import comparison_of_stored
from assessments.models import Assessment
from tests.builders import panels
from tests.comparing.given import assessed

pytestmark = pytest.mark.django_db


def stored(name: str, **levels: int) -> tuple[Assessment, Any]:
    result = assessed(name, levels)
    return Assessment.objects.select_related("process").get(code=result.assessment.code), result


def test_copy_beside_its_original_is_told_apart_by_where_it_is_stored() -> None:
    """A copy that was imported carries the codes of the original: both were printed as one process."""
    original, result = stored("Northvale", CR1a=3, CR1b=3, CR1c=3)
    other, lower = stored("Zebra council", CR1a=0, CR1b=0, CR1c=0)
    claimed = lower.model_copy(
        update={
            "assessment": lower.assessment.model_copy(update={"code": original.code}),
            "process": lower.process.model_copy(update={"code": original.process.code}),
        }
    )
    document = comparison_of_stored([original, other], {original.pk: result, other.pk: claimed}, {})
    assert [(process.code, process.name) for process in document.processes] == [
        (original.code, "Northvale"),
        (other.code, "Zebra council"),
    ]
    (pair,) = document.pairs
    assert (pair.first, pair.second, pair.having("first_higher")) == (original.code, other.code, ["CR"])


def test_panel_is_shown_with_the_assessment_it_is_stored_with_alone() -> None:
    original, result = stored("Northvale")
    other, second = stored("Zebra council")
    panel = panels.tv10_public().model_copy(update={"assessment": other.code})
    document = comparison_of_stored([original, other], {original.pk: result, other.pk: second}, {original.pk: panel})
    assert document.experience
    assert [profile.code for profile in document.experience.profiles] == [original.code]


def test_round_is_that_of_the_assessment() -> None:
    original, result = stored("Northvale")
    claimed = result.model_copy(update={"assessment": result.assessment.model_copy(update={"round": 9})})
    other, second = stored("Zebra council")
    document = comparison_of_stored([original, other], {original.pk: claimed, other.pk: second}, {})
    assert document.process(original.code).round == 1
