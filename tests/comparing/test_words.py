"""Words that a comparison does not use: nobody is ahead of anybody (method 3.10)."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from assessments.comparing import sentences, words
from assessments.comparing.build import build_comparison
from assessments.documents.comparison import AttributeVerdict, NoisePart, Pair
from assessments.documents.comparison_parts import RoundAttribute
from assessments.documents.values import share
from assessments.over_time import words as over_time_words
from assessments.reports.html import render_html
from assessments.scoring.model import parse_fraction
from tests import builders
from tests.builders import panels, samples
from tests.builders.papers import paper
from tests.comparing.given import assessed
from tests.over_time.test_build import plain, submitted_rounds

ROOT = Path(__file__).parents[2]
NEVER = re.compile(r"\bahead\b|\bbehind\b|better than|worse than|meaningful|robust|mixed verdict|ranked|\bwinner", re.I)
# Whatever of it is read: code says the same as pages.
FILES = [
    *(ROOT / "templates/assessments/comparing").glob("*.html"),
    *(ROOT / "assessments/comparing").glob("*.py"),
    *(ROOT / "assessments/comparing/views").glob("*.py"),
    *(ROOT / "templates/assessments/reports/pdf").glob("comparison*.html"),
    *(
        ROOT / "templates/assessments/reports/pdf" / name
        for name in ("_matched.html", "_unmatched.html", "_versions.html")
    ),
    ROOT / "assessments/documents/comparison.py",
    ROOT / "assessments/reports/comparison_html.py",
]
TITLES = {code: code for code in ("IT", "CR", "ED", "CO")}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_nothing_that_makes_a_comparison_has_these_words(file: Path) -> None:
    assert NEVER.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.django_db
def test_page_has_none_of_them(client: Client) -> None:
    organiser = builders.user()
    client.force_login(organiser)
    rounds = submitted_rounds(organiser)
    other = submitted_rounds(organiser)
    html = client.get(reverse("assessments:compare-show"), {"code": [each.code for each in [*rounds, other[0]]]})
    page = plain(html.content.decode().split("<main", 1)[1].split("</main>", 1)[0])
    assert "stands higher on" in page
    assert NEVER.findall(page) == []


@pytest.mark.django_db
def test_report_has_none_of_them() -> None:
    results = [assessed("A", dict.fromkeys(("CR1a", "CR1b", "CR1c"), 3)), assessed("B")]
    results += [assessed(f"P{number}", {"CR1a": 0, "CR1b": 0, "CR1c": 0}) for number in range(4)]
    panel = panels.tv10_public()
    waves = {
        result.assessment.code: panel.model_copy(update={"assessment": result.assessment.code}) for result in results
    }
    for some in (results[:2], results):
        text = plain(render_html(paper(build_comparison(some, waves)), "en"))
        assert "stands higher" in text
        assert NEVER.findall(text.split("Annex B: the method in one page")[0]) == []


def pair(*verdicts: str) -> Pair:
    """A pair with these verdicts: 1 and 2 for who stands higher, = for none, - for not compared."""
    of = {"1": "first_higher", "2": "second_higher", "=": "cannot_be_told_apart", "-": "not_compared"}
    return Pair(
        first="a",
        second="b",
        attributes=[
            AttributeVerdict(attribute=code, verdict=of[verdict], why=None, difference=None, threshold=None)
            for code, verdict in zip(TITLES, verdicts, strict=True)
        ],
        matched=[],
    )


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ("==1=", "Northvale stands higher on ED; on the other three the two cannot be told apart."),
        ("2=2=", "Southlake stands higher on IT, ED; on the other two the two cannot be told apart."),
        ("111=", "Northvale stands higher on IT, CR, ED; on the other one the two cannot be told apart."),
        ("1111", "Northvale stands higher on IT, CR, ED, CO."),
        ("1=2=", "Northvale stands higher on IT, Southlake on ED; on two others the two cannot be told apart."),
        (
            "112=",
            "Northvale stands higher on IT, CR, Southlake on ED; on one other attribute the two cannot be told apart.",
        ),
        ("1122", "Northvale stands higher on IT, CR, Southlake on ED, CO."),
        ("====", "The two cannot be told apart on any attribute."),
        ("==-=", "On what can be compared, the two cannot be told apart. Not compared: ED."),
        ("==1-", "Northvale stands higher on ED; on two others the two cannot be told apart. Not compared: CO."),
        (
            "=-1-",
            "Northvale stands higher on ED; on one other attribute the two cannot be told apart. Not compared: CR, CO.",
        ),
        ("----", "No attribute of the two can be compared."),
    ],
)
def test_sentence_on_a_pair(verdicts: str, said: str) -> None:
    found = sentences.higher_sentence(pair(*verdicts), "Northvale", "Southlake", TITLES, ", ".join, str.__mod__)
    assert " ".join(found) == said


@pytest.mark.parametrize(
    ("exact", "threshold", "said"),
    [
        ("12", 17, "12 points apart: below 17 it may be due to who rated"),
        ("-199/12", 17, "16 points apart: below 17 it may be due to who rated"),
        ("-5/3", 17, "1 point apart: below 17 it may be due to who rated"),
    ],
)
def test_points_are_never_rounded_up_to_a_limit_that_they_do_not_reach(exact: str, threshold: int, said: str) -> None:
    entry = AttributeVerdict(
        attribute="IT",
        verdict="cannot_be_told_apart",
        why="within_rater_noise",
        difference=exact,
        threshold=threshold,
    )
    assert sentences.why(entry) == said


def test_every_reason_has_words() -> None:
    """A reason that scoring comes to know has to be said here too."""

    def of(model: type, field: str) -> set[str]:
        annotation = str(model.model_fields[field].annotation)  # type: ignore[attr-defined]
        return set(re.findall(r"'(\w+)'", annotation))

    own_words = {"within_rater_noise", "within_chance", "ranges_overlap"}
    assert of(AttributeVerdict, "why") == own_words | words.WHY.keys()
    assert of(RoundAttribute, "why") == {"little_in_common"} | over_time_words.NOT_COMPARED.keys()
    assert of(RoundAttribute, "verdict") == over_time_words.VERDICTS.keys()


def test_measured_noise_is_not_called_an_assumption() -> None:
    measured = sentences.noise_sentence(NoisePart(different="2/5", same="1/5", measured=True))
    assumed = sentences.noise_sentence(NoisePart(different="1/2", same="1/4", measured=False))
    assert ("assumption" in measured, "assumption" in assumed) == (False, True)
    assert "2/5" in measured


def test_by_chance_is_said_of_four_attributes_alone() -> None:
    document = build_comparison([samples.result("One", code="aaaa"), samples.result("Two", code="bbbb")])
    assert sum("1 of 7" in sentence for sentence in sentences.about_apart(document)) == 1
    fewer = document.model_copy(update={"attributes": document.attributes[:3]})
    assert not any("1 of 7" in sentence for sentence in sentences.about_apart(fewer))


def test_shares_are_said_where_too_little_was_asked_of_both() -> None:
    entry = AttributeVerdict(
        attribute="IT", verdict="not_compared", why="little_in_common", difference=None, threshold=None
    )
    third = share(parse_fraction("1/3")).printed
    assert "(33.3 % and 50 %)" in sentences.why(entry, (third, "50 %"))
