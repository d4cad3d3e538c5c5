"""Genuine and current, replaced, altered, unknown: each for its reason, with a key and without."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from pytest_django.fixtures import Settings

from assessments.documents.manifest import MANIFEST_FILE, REPORT_FILE, ManifestDocument
from assessments.documents.values import stored_digest
from assessments.models import BoardPaper, FrozenResult, IssuedReport
from assessments.reports.content import report_comparing, report_over_time
from assessments.reports.signing import new_key, signed
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.verifying.checking import check
from assessments.verifying.opening import open_pdf
from assessments.verifying.verdict import Standing
from assessments.vocabulary import Annex, Paper, ReportKind
from tests import builders
from tests.builders import panels, worked
from tests.verifying.given import forged, issue, issue_document, resealed, submitted, with_data, with_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small")]


def another_score(data: dict[str, Any]) -> None:
    data["result"]["attributes"][0]["score"]["printed"] = "99.9"


def another_answer(data: dict[str, Any]) -> None:
    data["result"]["attributes"][0]["questions"][0]["items"][0]["level"] = 3


def manifest_in(content: bytes) -> ManifestDocument:
    return ManifestDocument.model_validate_json(open_pdf(content).manifest)


@pytest.mark.parametrize("is_signed", [False, True])
def test_report_as_it_was_given_out_is_genuine_and_its_figures_follow(
    is_signed: bool, request: pytest.FixtureRequest
) -> None:
    key = request.getfixturevalue("key") if is_signed else ""
    content, issued = issue(submitted())
    found = check(content)
    assert (found.standing, found.number, found.signed_by) == (Standing.CURRENT, issued.number, key)
    assert found.is_good
    assert "by method 1.1.0" in found.recomputed[0]
    assert (found.differences, found.not_recomputed) == ([], [])


def test_both_tracks_are_read_together_again() -> None:
    wave = panels.closed_wave()
    assessment = wave.assessment
    worked.inclusiveness(assessment)
    submit_assessment(assessment=assessment, user=wave.created_by)
    for restricted in (False, True):
        found = check(issue(assessment, restricted=restricted)[0])
        assert found.standing == Standing.CURRENT
        assert len(found.recomputed) == 3
        assert found.recomputed[2] == "The numbers of the stakeholder panel are those that are stored here."


def test_comparison_follows_from_the_results_that_it_carries() -> None:
    found = [submitted("Beta"), submitted("Alpha")]
    as_of = timezone.now()
    content, _issued = issue_document(report_comparing(found), [each.code for each in found], as_of)
    verdict = check(content)
    assert (verdict.standing, verdict.not_recomputed) == (Standing.CURRENT, [])
    assert verdict.recomputed[2:] == ["How the results compare, from the results themselves."]
    document = report_comparing(found)
    assert document.comparison is not None
    first = document.comparison.processes[0]
    changed = first.model_copy(update={"organisation": "Somebody else"})
    comparison = document.comparison.model_copy(update={"processes": [changed, *document.comparison.processes[1:]]})
    wrong, _issued = issue_document(
        document.model_copy(update={"comparison": comparison}), [each.code for each in found], as_of
    )
    assert check(wrong).differences == ['$.comparison.processes[0].organisation: stored "Somebody else", now ""']


def test_rounds_over_time_follow_from_their_results() -> None:
    first = submitted()
    found = [first, submitted(process=first.process)]
    as_of = timezone.now()
    document = report_over_time(first.process)
    content, _issued = issue_document(document, [each.code for each in found], as_of)
    assert check(content).standing == Standing.CURRENT
    assert document.over_time is not None
    second = document.over_time.rounds[1]
    standing = second.standings[0].model_copy(update={"letter": "F"})
    second = second.model_copy(update={"standings": [standing, *second.standings[1:]]})
    over_time = document.over_time.model_copy(update={"rounds": [document.over_time.rounds[0], second]})
    wrong, _issued = issue_document(
        document.model_copy(update={"over_time": over_time}), [each.code for each in found], as_of
    )
    assert check(wrong).differences[0].startswith('$.over_time.rounds[1].standings[0].letter: stored "F"')


@pytest.mark.parametrize("is_signed", [False, True])
@pytest.mark.parametrize("change", [another_score, another_answer])
def test_changed_digit_in_the_data_is_altered_and_its_place_is_named(
    is_signed: bool, change: Any, request: pytest.FixtureRequest
) -> None:
    if is_signed:
        request.getfixturevalue("key")
    content, _issued = issue(submitted())
    found = check(with_data(content, change))
    assert found.standing == Standing.ALTERED
    assert "The data that the file carries was changed." in found.reasons
    assert any(line.startswith("$.result.attributes[0]") for line in found.differences)
    assert not found.signed_by


def test_changed_data_with_the_digest_and_the_number_of_the_report_is_altered() -> None:
    content, issued = issue(submitted())
    found = check(forged(content, another_score, number=issued.number))
    assert found.standing == Standing.ALTERED
    assert found.reasons[0] == "Its number does not belong to this data."


def test_forgery_that_fits_itself_is_not_of_this_site() -> None:
    content, _issued = issue(submitted())
    assert check(forged(content, another_score)).standing == Standing.UNKNOWN


def test_forgery_cannot_be_signed(key: str) -> None:
    content, _issued = issue(submitted())
    found = check(forged(content, another_score))
    assert found.standing == Standing.ALTERED
    assert found.reasons == ["The signature is not of this report."]


def test_changed_byte_outside_of_the_data_is_altered() -> None:
    content, _issued = issue(submitted())
    changed = content.replace(b"/MediaBox", b"/CropBox ", 1)
    assert changed != content
    found = check(changed)
    assert found.standing == Standing.ALTERED
    assert found.reasons == ["Bytes of the file were changed: of its pages, or of something else in it."]
    # Somebody may seal it again, but it is not the file that was given out.
    opened = open_pdf(changed)
    again = resealed(changed, opened.manifest, manifest_in(changed))
    assert check(again).standing == Standing.ALTERED
    assert check(content + b"\n% appended").standing == Standing.ALTERED


def test_figures_that_were_changed_before_it_was_drawn_do_not_follow() -> None:
    assessment = submitted()
    stored = FrozenResult.objects.get()
    stored.document["attributes"][0]["score"]["printed"] = "99.9"
    FrozenResult.objects.update(document=stored.document, digest=stored_digest(stored.document))
    found = check(issue(assessment)[0])
    assert found.standing == Standing.ALTERED
    assert found.differences[0].startswith('$.result.attributes[0].score.printed: stored "99.9"')


def test_newer_result_replaces_it() -> None:
    assessment = submitted()
    content, _issued = issue(assessment)
    reopen_assessment(assessment=assessment, user=assessment.process.created_by, reason="More was found.")
    builders.answer(assessment, "CR1a", 3)
    assert check(content).standing == Standing.CURRENT
    assessment.refresh_from_db()
    submit_assessment(assessment=assessment, user=assessment.process.created_by)
    found = check(content)
    assert (found.standing, found.reasons) == (Standing.REPLACED, ["A newer result was submitted since."])
    assert (found.replaced_since, found.replaced_by) == (FrozenResult.objects.latest("pk").created_at, "")
    assessment.refresh_from_db()
    newer, issued = issue(assessment)
    assert check(content).replaced_by == issued.number
    assert check(newer).standing == Standing.CURRENT


def test_numbers_of_stakeholders_that_came_later_replace_it() -> None:
    wave = panels.open_wave()
    worked.inclusiveness(wave.assessment)
    submit_assessment(assessment=wave.assessment, user=wave.created_by)
    content, _issued = issue(wave.assessment)
    assert check(content).standing == Standing.CURRENT
    panels.put_example(wave)
    panels.closing.close_and_freeze(wave=wave, user=wave.created_by)
    assert check(content).reasons == ["Newer answers of stakeholders were counted since."]


def test_what_the_organiser_wrote_anew_replaces_it_and_other_sheets_do_not() -> None:
    assessment = submitted()
    content, issued = issue(assessment)
    letter, _other = issue(assessment, paper=Paper.LETTER)
    issue(assessment, kind=ReportKind.FULL, annexes=[Annex.ANSWERS])
    assert [check(each).standing for each in (content, letter)] == [Standing.CURRENT] * 2
    BoardPaper.objects.create(assessment=assessment, decision="Adopt the charter.")
    newer, _issued = issue(assessment)
    found = check(content)
    assert (found.standing, found.replaced_by) == (Standing.REPLACED, check(newer).number)
    assert found.number == issued.number


def test_deleted_process_leaves_a_genuine_report_that_no_longer_holds() -> None:
    assessment = submitted()
    content, _issued = issue(assessment)
    assessment.process.delete()
    found = check(content)
    assert found.standing == Standing.REPLACED
    assert found.reasons == ["What it was drawn from has been deleted on this site since."]


def test_pdf_of_somebody_else_is_unknown() -> None:
    for content in (with_files(), with_files(("notes.txt", b"hello")), b"no pdf at all", b"", b"%PDF-1.7 sample"):
        assert check(content).standing == Standing.UNKNOWN


def test_report_of_another_site_is_unknown_until_its_key_is_known(settings: Settings) -> None:
    name, secret, public = new_key()
    settings.REPORT_SIGNING_KEY = secret
    content, _issued = issue(submitted())
    IssuedReport.objects.all().delete()
    settings.REPORT_SIGNING_KEY = ""
    assert "nothing here says who made it" in check(content).reasons[0]
    settings.REPORT_KNOWN_KEYS = [f"Forum of Elsewhere.{public}"]
    found = check(content)
    assert (found.standing, found.signed_by) == (Standing.UNKNOWN, name)
    assert found.reasons == [
        "The signature of Forum of Elsewhere holds. Whether the report is current, only they can say."
    ]


def test_keys_rotate(settings: Settings) -> None:
    first_name, first, first_public = new_key()
    _name, second, _public = new_key()
    assessment = submitted()
    settings.REPORT_SIGNING_KEY = first
    content, _issued = issue(assessment)
    settings.REPORT_SIGNING_KEY = second
    # It is on record, so it stays genuine; that it was signed is only known with the key.
    assert (check(content).standing, check(content).signed_by) == (Standing.CURRENT, "")
    settings.REPORT_KNOWN_KEYS = [first_public]
    assert (check(content).standing, check(content).signed_by) == (Standing.CURRENT, first_name)
    settings.REPORT_KNOWN_KEYS = ["nonsense"]
    with pytest.raises(ImproperlyConfigured):
        check(content)


def test_signature_stands_in_for_a_lost_record_of_the_file(key: str) -> None:
    content, _issued = issue(submitted())
    IssuedReport.objects.update(file_digest="0" * 64)
    assert check(content).standing == Standing.CURRENT
    IssuedReport.objects.all().delete()
    found = check(content)
    assert (found.standing, found.signed_by) == (Standing.UNKNOWN, key)


def test_hostile_files_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    content, _issued = issue(submitted())
    opened = open_pdf(content)
    deep = b"[" * 100_000 + b"]" * 100_000
    numbers = json.dumps({"format": 10**9}).encode().replace(b"1000000000", b"9" * 5000)
    cases = {
        "twice": with_files((MANIFEST_FILE, opened.manifest), (MANIFEST_FILE, b"{}"), (REPORT_FILE, opened.report)),
        "deep": with_files((MANIFEST_FILE, opened.manifest), (REPORT_FILE, deep)),
        "deep manifest": with_files((MANIFEST_FILE, deep), (REPORT_FILE, deep)),
        "numbers": with_files((MANIFEST_FILE, opened.manifest), (REPORT_FILE, numbers)),
        "no data": with_files((MANIFEST_FILE, opened.manifest)),
        "no manifest": with_files((REPORT_FILE, opened.report)),
        "cut off": content[: len(content) // 2],
        "turned": content[::-1],
    }
    found = {name: check(case).standing for name, case in cases.items()}
    assert found == {
        "twice": "altered",
        "deep": "altered",
        "deep manifest": "altered",
        "numbers": "altered",
        "no data": "altered",
        "no manifest": "altered",
        "cut off": "unknown",
        "turned": "unknown",
    }


def test_file_that_takes_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    content, _issued = issue(submitted())
    monkeypatch.setattr("assessments.verifying.opening.MOST_DATA", 1000)
    assert check(content).standing == Standing.UNKNOWN
    monkeypatch.undo()
    monkeypatch.setattr("assessments.verifying.opening.MOST_BYTES", 1000)
    assert check(content).standing == Standing.UNKNOWN


def test_the_same_report_given_out_twice_is_noted_once_and_what_is_changed_back_is_noted_again() -> None:
    assessment = submitted()
    content, first = issue(assessment)
    same, again = issue(assessment)
    assert (content, first.pk) == (same, again.pk)
    IssuedReport.objects.filter(pk=first.pk).update(as_of=timezone.now() - timedelta(hours=1))
    paper = BoardPaper.objects.create(assessment=assessment, decision="Adopt the charter.")
    issue(assessment)
    assert check(content).standing == Standing.REPLACED
    paper.delete()
    issue(assessment)
    assert check(content).standing == Standing.CURRENT
    assert signed(manifest_in(content)) == manifest_in(content)


def test_annual_page_is_current_and_its_result_follows() -> None:
    wave = panels.closed_wave()
    worked.inclusiveness(wave.assessment)
    submit_assessment(assessment=wave.assessment, user=wave.created_by)
    found = check(issue(wave.assessment, ReportKind.ANNUAL)[0])
    assert found.standing == Standing.CURRENT
    assert "by method 1.1.0" in found.recomputed[0]
    assert found.not_recomputed == []
