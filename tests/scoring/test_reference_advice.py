"""The reference vectors of evidence, review, second rating, steps and index (method 3.4, 3.7, 3.13, 3.14)."""

from fractions import Fraction

import pytest

from assessments.scoring.evidence import (
    EvidenceGrade,
    ReviewOpinion,
    ReviewReply,
    StepBasis,
    StepKind,
    attribute_letter,
    choose_steps,
    evidence_cap,
    item_evidence,
    points_at_stake,
    rater_agreement,
    rater_band,
    reviewed_shares,
    same_document,
    settled,
    transparency,
)
from assessments.scoring.model import default_weights
from assessments.scoring.summary import summary_index
from tests.scoring.given import evidence_of, items_of, piece_of, rated_at
from tests.scoring.instrument import fractions
from tests.scoring.reference import expected, given


def fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def test_tv22_what_evidence_supports() -> None:
    found = [
        str(min(Fraction(value), evidence_cap(EvidenceGrade(grade), critical=critical, opened=opened)))
        for value, grade, critical, opened in given("TV22")
    ]
    assert found == expected("TV22")


def test_tv23_classes_of_evidence() -> None:
    found = []
    for case in given("TV23"):
        pieces = [piece_of(entry) for entry in case["entries"]]
        evidence = item_evidence(pieces, stakeholder_primary=case.get("primary", False))
        found.append([evidence.grade.value, evidence.opened is not None])
    assert found == expected("TV23")


def test_tv24_transparency_figures() -> None:
    found = transparency(
        {
            code: item_evidence(
                [piece_of(entry) for entry in case["entries"]], stakeholder_primary=case.get("primary", False)
            )
            for code, case in given("TV24").items()
        }
    )
    assert {
        "e2": found.full,
        "opened": found.opened,
        "opened_share": str(found.opened_share),
        "only_described": found.only_described,
        "most_on_one": found.most_on_one,
        "documents": list(found.documents),
    } == expected("TV24")
    assert [same_document(reference) for reference in given("TV24b")] == expected("TV24b")


@pytest.mark.parametrize("name", ["TV7a", "TV7b", "TV7d"])
def test_tv7_summary_index(name: str) -> None:
    found = summary_index(fractions(given(name)), attribute_letter)
    assert found is not None
    assert {
        "geometric": round(found.geometric, 6),
        "arithmetic": float(found.arithmetic),
        "minimum": float(found.minimum),
        "weakest": list(found.weakest),
        "double_weight": {code: round(value, 6) for code, value in found.double_weight.items()},
        "leave_one_out": {code: round(value, 6) for code, value in found.leave_one_out.items()},
        "weight_range": [round(found.weight_low, 6), round(found.weight_high, 6)],
        "robust": found.robust,
    } == expected(name)


def test_tv7e_a_missing_score_means_no_index() -> None:
    assert summary_index(fractions(given("TV7e")), attribute_letter) is expected("TV7e")


def basis(entry: dict[str, object]) -> StepBasis:
    counted = fraction(entry["counted"])  # type: ignore[arg-type]
    following = None if counted is None or counted == 1 else counted + Fraction(1, 3)
    verdict = entry.get("verdict")
    return StepBasis(
        code=str(entry["code"]),
        attribute=str(entry["attribute"]),
        claimed=fraction(entry["claimed"]),  # type: ignore[arg-type]
        counted=counted,
        weight=Fraction(str(entry.get("weight", "0"))),
        critical=bool(entry.get("critical", False)),
        share_known=Fraction(counted is not None),
        following=following,
        grade=EvidenceGrade(entry.get("cls", "E0")),
        experience=fraction(entry.get("experience")),  # type: ignore[arg-type]
        verdict=None if verdict is None else str(verdict).replace(" ", "_"),
    )


@pytest.mark.parametrize("name", ["TV20", "TV20b"])
def test_tv20_steps_head_and_strengths(name: str) -> None:
    bases = [basis(entry) for entry in given(name)["items"]]
    found = choose_steps(bases)
    steps = [[step.code, step.kind.value.replace("_", " "), step.level] for step in found.steps]
    assert {
        "steps": steps,
        "head": [step.code for step in found.head],
        "strengths": list(found.strengths),
    } == expected(name)
    at_stake = {step.code: step.at_stake for step in found.steps}
    wanted = {entry["code"]: Fraction(entry.get("gain", "0")) for entry in given(name)["items"]}
    assert at_stake == {code: wanted[code] for code in at_stake}


def test_tv20c_points_at_stake() -> None:
    found = [
        str(
            points_at_stake(
                StepKind(entry["kind"].replace(" ", "_")),
                weight=Fraction(entry["w"]),
                share_known=Fraction(entry["kappa"]),
                coverage=Fraction(entry["C"]),
                now=Fraction(entry.get("counted", "0")),
                then=Fraction(entry.get("claimed", entry.get("following", "0"))),
            )
        )
        for entry in given("TV20c")
    ]
    assert found == expected("TV20c")


@pytest.mark.parametrize("name", ["TV40", "TV40b"])
def test_tv40_sentences(name: str) -> None:
    found = choose_steps([basis(entry) for entry in given(name)["items"]])
    assert {
        "every_item_full": found.all_full,
        "compared": found.compared,
        "nowhere_apart": found.nowhere_apart,
    } == expected(name)


@pytest.mark.parametrize("name", ["TV36a", "TV36b", "TV36c"])
def test_tv36_agreement_of_two_raters(name: str) -> None:
    found = rater_agreement([(first, second) for first, second in given(name)])
    assert {
        "n": found.n,
        "exact": str(found.exact),
        "within_one": str(found.within_one),
        "kappa": None if found.kappa is None else str(found.kappa),
    } == expected(name)
    assert found.counts_only == (found.n < 10)


def test_tv37_scores_under_either_rater() -> None:
    case = given("TV37")
    first = [rated_at(code, level, evidence_of(case["evidence"][code])) for code, level in case["first"].items()]
    second = [rated_at(code, level, ()) for code, level in case["second"].items()]
    found = rater_band(case["attribute"], items_of(case["attribute"]), first, second)
    assert {
        "scores": [str(found.first), str(found.second)],
        "band": [str(found.low), str(found.high)],
    } == expected("TV37")


def test_tv38_which_value_counts_after_a_review() -> None:
    words = {
        "reviewer_lower": "reviewer (lower, critical item)",
        "organiser": "organiser",
        "consensus": "consensus",
    }
    found = []
    for case in given("TV38"):
        grade, critical = EvidenceGrade(case["class"]), case.get("critical", False)
        value = settled(
            Fraction(case["claimed"]),
            ReviewOpinion(Fraction(case["proposed"]), case["seen"], ReviewReply(case["reply"])),
            grade=grade,
            cap=evidence_cap(grade, critical=critical, opened=case.get("opened", False)),
            critical=critical,
        )
        found.append(
            {
                "organiser": str(value.organiser),
                "reviewer": str(value.reviewer),
                "counts": str(value.counts),
                "basis": words[value.basis.value],
                "shown": value.shown,
            }
        )
    assert found == expected("TV38")


def test_tv39_reviewed_from_two_thirds_of_the_weight() -> None:
    case = given("TV39")
    found = reviewed_shares({"CR": default_weights(items_of(case["attribute"]))}, case["looked_at"])
    assert [str(found.by_attribute["CR"]), "reviewed" if found.is_reviewed else "partly reviewed"] == expected("TV39")
