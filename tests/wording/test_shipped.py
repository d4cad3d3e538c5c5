"""The words that come with this software: the same in every language, in whole files that say what is wrong."""

import pytest
from django.core.management import call_command

from assessments.wording.shipped import BrokenWording, problems_of, shipped, shipped_languages, texts_in

LANGUAGES = ("en", "ar", "es", "fr", "pt", "ru", "zh-hans")


def test_seven_languages_come_with_it() -> None:
    """Those of the United Nations, and Portuguese."""
    assert shipped_languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_everything_with_the_same_slots(language: str) -> None:
    """`manage.py check_wording` names what is missing in all of them."""
    problems = [f"{language}.yaml: {key} {problem}" for key, problem in problems_of(shipped(language), complete=True)]
    assert not problems, "\n".join(problems)


def test_the_command_counts_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_wording")
    assert capsys.readouterr().out == f"{len(shipped('en'))} texts in 7 languages.\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("base: [", "sw.yaml: line"),
        ("base: words", "sw.yaml: base: a map of words is expected"),
        ("- base", "sw.yaml: a map of sections is expected"),
        ('base:\n  next: ""', "sw.yaml: base.next: a text is expected"),
        ("base:\n  next: 3", "sw.yaml: base.next: a text is expected"),
        ("base:\n  next: Go on\n  next: Weiter", "sw.yaml: "),
    ],
)
def test_a_broken_file_is_named_with_the_key(text: str, named: str) -> None:
    with pytest.raises(BrokenWording) as refused:
        texts_in(text, "sw.yaml")
    assert str(refused.value).startswith(named)


def test_what_is_missing_and_what_nobody_asks_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    source = {"start.title": "You belong to {group}", "start.next": "Next"}
    monkeypatch.setattr("assessments.wording.shipped.shipped", lambda _language: source)
    wrong = {"start.title": "Du gehörst zu {gruppe}", "start.more": "Mehr"}
    assert dict(problems_of(wrong, complete=True)) == {
        "start.title": "has {gruppe}, which the English text has not",
        "start.next": "is missing",
        "start.more": "is not in the English words",
    }
    assert "start.next" not in dict(problems_of(wrong, complete=False))
