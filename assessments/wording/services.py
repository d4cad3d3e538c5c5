"""Writing and confirming the words of a language on this site."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from assessments.models import WordingLanguage
from assessments.wording.saying import digest_of
from assessments.wording.shipped import shipped

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def save_words(*, code: str, texts: Mapping[str, str]) -> int:
    """Store words by key, and return how many are others than before. What is empty is that of this software again.

    Keys and words have been looked at by `problem_of`.
    """
    row, _is_new = WordingLanguage.objects.select_for_update().get_or_create(code=code)
    before = dict(row.texts)
    for key, text in texts.items():
        if text and text != shipped(code).get(key):
            row.texts[key] = text
        else:
            row.texts.pop(key, None)
    row.save(update_fields=["texts"])
    return sum(before.get(key) != row.texts.get(key) for key in {*before, *row.texts})


@transaction.atomic
def confirm_words(*, code: str, user: "User", today: date) -> None:
    """Note that somebody who speaks a language has read all its words as they are now."""
    row, _is_new = WordingLanguage.objects.select_for_update().get_or_create(code=code)
    row.checked_by, row.checked_on = user, today
    row.checked_digest = digest_of(code, row.texts)
    row.save(update_fields=["checked_by", "checked_on", "checked_digest"])
