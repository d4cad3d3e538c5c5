"""A copy beside its original: nothing takes the one for the other, whatever code a document was frozen with."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.comparing.build import build_comparison
from assessments.models import Assessment, FrozenResult, Process
from assessments.reports.content import shown_of
from assessments.reports.services import cache_key
from assessments.results.frozen import current_documents, document_of, documents_of, latest
from assessments.results.rechecking import recheck
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.vocabulary import Visibility
from msgov.accounts.models import User
from tests import builders
from tests.archive.given import as_json, filled, import_json
from tests.builders import worked
from tests.builders.papers import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> list[Assessment]:
    """An assessment and its copy, both to be read by everybody."""
    original = filled(submitted=True)
    copy = import_json(as_json(original))
    Process.objects.update(visibility=Visibility.PUBLIC)
    return [Assessment.objects.select_related("process").get(pk=row.pk) for row in (original, copy)]


def result_of(assessment: Assessment) -> FrozenResult:
    found = latest(assessment)
    assert found is not None
    return found


def test_both_store_the_same_and_are_read_under_their_own_codes(pair: list[Assessment]) -> None:
    original, copy = pair
    assert result_of(original).digest == result_of(copy).digest
    stored = FrozenResult.objects.get(pk=result_of(copy).pk).document
    assert (stored["assessment"]["code"], stored["process"]["code"]) == (original.code, original.process.code)
    for read in (
        {row.pk: document_of(result_of(row)) for row in pair},
        documents_of([result_of(row) for row in pair]),
        current_documents(pair),
    ):
        assert [(read[row.pk].assessment.code, read[row.pk].process.code) for row in pair] == [
            (row.code, row.process.code) for row in pair
        ]


def test_each_page_names_and_links_its_own_assessment(pair: list[Assessment], client: Client) -> None:
    for row, other in (pair, pair[::-1], pair):  # kept pages, too
        for number in ("", "?result=1"):
            page = client.get(f"/assessments/{row.code}/results/{number}").content.decode()
            assert f"{row.code} no. " in page
            assert other.code not in page


def test_reports_of_both_are_two(pair: list[Assessment]) -> None:
    shown = [shown_of(row) for row in pair]
    assert [document.assessment.code for document in shown] == [row.code for row in pair]
    assert (
        len({cache_key(paper(document), "en", of=[row.code]) for document, row in zip(shown, pair, strict=True)}) == 2
    )


def test_document_that_names_another_assessment_is_read_as_that_it_is_stored_with(pair: list[Assessment]) -> None:
    original, _copy = pair
    stranger = builders.assessment(builders.process(organiser=builders.user(), name="Another process"))
    frozen = result_of(original)
    document: dict[str, Any] = FrozenResult.objects.get(pk=frozen.pk).document
    document["assessment"]["code"] = stranger.code
    FrozenResult.objects.filter(pk=frozen.pk).update(document=document)
    assert document_of(frozen).assessment.code == original.code
    assert any(line.startswith("$.assessment.code: stored") for line in recheck(FrozenResult.objects.get(pk=frozen.pk)))


def test_results_frozen_after_an_import_are_of_the_same_assessment(pair: list[Assessment]) -> None:
    original, copy = pair
    owner: User = builders.user()
    reopen_assessment(assessment=copy, user=owner, reason="Our own view")
    submit_assessment(assessment=copy, user=owner)
    frozen = FrozenResult.objects.get(assessment=copy, number=3)
    assert frozen.document["assessment"]["code"] == original.code
    assert document_of(frozen).assessment.code == copy.code
    assert [recheck(result) for result in FrozenResult.objects.select_related("assessment")] == [[]] * 5


def test_comparison_of_a_copy_with_its_original_keeps_them_apart(client: Client) -> None:
    owner = builders.user()
    original = builders.assessment(builders.process(organiser=owner, name="Forum"))
    worked.everything(original)
    submit_assessment(assessment=original, user=owner)
    copy = import_json(as_json(Assessment.objects.get(pk=original.pk)))
    Process.objects.update(visibility=Visibility.PUBLIC)
    documents = current_documents([original, copy])
    comparison = build_comparison([documents[original.pk], documents[copy.pk]])
    assert {process.code for process in comparison.processes} == {original.code, copy.code}
    assert len({process.process_code for process in comparison.processes}) == 2
    [pair] = comparison.pairs
    assert {pair.first, pair.second} == {original.code, copy.code}
    client.force_login(owner)
    page = client.get(reverse("assessments:compare-show"), {"code": [original.code, copy.code]}).content.decode()
    for row in (original, copy):
        assert reverse("assessments:assessment-results", args=[row.code]) in page
