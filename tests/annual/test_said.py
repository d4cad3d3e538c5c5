"""What the annual page says of what all groups together say: no more than was compared."""

from typing import Any

import pytest

from assessments.annual.said import groups_over_time
from assessments.documents.annual import AskedPart
from assessments.documents.over_time import AttributeThenNow
from tests.builders import panels
from tests.headlines.given import ALL
from tests.headlines.test_annual import before, page

SAME = "On no attribute has what groups say changed further than chance could change it."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (dict.fromkeys(ALL, "cannot_tell"), SAME),
        (
            {"CR": "cannot_tell", "IT": "not_compared", "ED": "not_compared", "CO": "not_compared"},
            "What groups say of collective responsibility has not changed further than chance could change it; "
            "the rest is not compared.",
        ),
        (
            {"CR": "better", "IT": "cannot_tell"},
            "All groups together see more of collective responsibility than last time.",
        ),
        (
            dict.fromkeys(ALL, "not_compared"),
            "Whether what groups say has changed cannot be told from what is public.",
        ),
    ],
)
def test_a_change_is_said_of_what_was_compared(changes: dict[str, Any], said: str) -> None:
    found = [
        AttributeThenNow.model_construct(attribute=code, change=change, why=None) for code, change in changes.items()
    ]
    asked = AskedPart.model_construct()
    document = page(before()).model_copy(
        update={"panel": panels.tv10_public(), "asked_then": asked, "attributes_of_groups": found}
    )
    assert groups_over_time(document) == said
