"""The NETmundial principles, 12 attributes with 500 questions, 3, 5 and 6 levels: start, answer, submit, read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.archive.reading import MAX_BYTES, read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.comparing.build import build_comparison
from assessments.documents.result import ResultDocument
from assessments.documents.values import own_words
from assessments.models import Assessment, Goal, ScreenerAnswer
from assessments.reports.html import render_html
from assessments.reports.render import render_pdf
from assessments.results import rechecking
from assessments.results.frozen import document_of, latest
from attributes.exporting import plain, to_json, to_yaml
from attributes.loading import MAX_FILE_BYTES, read_spec, store_spec
from attributes.schema import QuestionSetSpec
from tests import builders
from tests.builders import samples
from tests.builders.papers import paper
from tests.builders.question_sets import synthetic
from tests.generality import journey
from tests.printed import letters_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KB = 1024


def netmundial() -> QuestionSetSpec:
    return builders.netmundial_spec()


def wide() -> QuestionSetSpec:
    return synthetic(500, attributes=12, slug="wide")


def levels(letters: str) -> Callable[[], QuestionSetSpec]:
    return lambda: synthetic(12, attributes=3, letters=letters, slug=f"levels-{len(letters)}")


@dataclass(frozen=True)
class SetSize:
    """A set with how large its pages may get (bytes, as sent without compression) and how long its PDF."""

    spec: Callable[[], QuestionSetSpec]
    largest_page: int
    pages: tuple[int, int]


SHAPES = {
    "netmundial": SetSize(netmundial, 130 * KB, (12, 24)),
    "three levels": SetSize(levels("ABC"), 150 * KB, (12, 26)),
    "five levels": SetSize(levels("ABCDE"), 150 * KB, (12, 26)),
    "six levels": SetSize(levels("ABCDEF"), 150 * KB, (12, 26)),
    "wide": SetSize(wide, 1700 * KB, (60, 200)),
}


@dataclass
class Submitted:
    """Two processes that answered a set, and the organiser of both."""

    spec: QuestionSetSpec
    client: Client
    assessments: list[Assessment]
    shape: SetSize


def answered(shape: SetSize, client_for: Callable[..., Client]) -> Submitted:
    """Start, answer and submit in two processes, in the first one through the forms."""
    builders.question_set()
    spec = shape.spec()
    organiser = builders.user()
    client = client_for(organiser)
    stored = store_spec(spec)[0]
    found = []
    for shift, name in enumerate(("Forum on rural access", "Panel on water")):
        assessment = journey.start(client, builders.process(organiser=organiser, name=name), stored)
        is_wide = spec.slug == "wide"
        # What the first process answers through forms is there without them in the second.
        if shift or is_wide:
            journey.store_everything(assessment, spec, shift)
        if not shift:
            # 500 forms are of one kind: the first of every attribute.
            journey.answer_everything(client, assessment, spec, of_each=1 if is_wide else None)
        journey.submit(client, assessment)
        found.append(assessment)
    return Submitted(spec, client, found, shape)


def page(found: Submitted, address: str) -> str:
    """Open a page twice and hold it to a size and a number of queries that the set has no part in."""
    found.client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = found.client.get(address)
    assert response.status_code == 200
    assert len(queries) <= 12, [entry["sql"] for entry in queries.captured_queries]
    size = len(response.content)
    assert size <= found.shape.largest_page, f"{address}: {filesizeformat(size)}"
    html: str = response.content.decode()
    return html


@pytest.mark.parametrize("name", SHAPES)
def test_a_set_of_another_shape_goes_all_the_way(name: str, client_for: Callable[..., Client]) -> None:
    found = answered(SHAPES[name], client_for)
    documents = []
    for shift, assessment in enumerate(found.assessments):
        result = latest(assessment)
        assert result is not None
        documents.append(document := document_of(result))
        expected = journey.expected_scores(found.spec, shift)
        assert {entry.code: journey.score_of(entry) for entry in document.attributes} == expected
        result.refresh_from_db()
        assert rechecking.differences(result.document, result.digest) == []
        assert document.question_set.experimental == found.spec.experimental
        assert document.question_set.top_level == len(found.spec.scale) - 1

    pages_of(found)
    # Reports are drawn from documents, which are held to the same figures above on either database.
    if connection.vendor == "sqlite":
        pdfs_of(found, documents)


def test_a_set_of_five_hundred_questions_fits_into_a_file(tmp_path: Path) -> None:
    document = plain(wide())
    for name, content in (("wide.yaml", to_yaml(document)), ("wide.json", to_json(document))):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert len(content.encode()) < MAX_FILE_BYTES / 2
        assert read_spec(tmp_path / name) == wide()


def test_an_archive_of_five_hundred_answers_comes_back(client_for: Callable[..., Client]) -> None:
    organiser = builders.user()
    assessment = builders.assessment(builders.process(organiser=organiser), question_set=store_spec(wide())[0])
    journey.store_everything(assessment, wide())
    journey.submit(client_for(organiser), assessment)
    content = archive_bytes(export_archive(assessment=assessment))
    assert len(content) < MAX_BYTES / 50
    copy = import_archive(archive=read_archive(content), owner=organiser)
    assert copy.responses.get().answers.count() == 500


def test_an_archive_takes_goals_of_another_set_along_in_words() -> None:
    organiser = builders.user()
    process = builders.process(organiser=organiser)
    Goal.objects.create(process=process, shared_goal="G1", text="Maintain the security of the Internet")
    ScreenerAnswer.objects.create(process=process, criterion="SU1", choice="yes")
    assessment = builders.assessment(process, question_set=store_spec(netmundial())[0])
    archive = export_archive(assessment=assessment)
    assert archive.computed
    [line] = archive.computed.goals
    assert (line.shared_goal, line.text) == ("", own_words("Maintain the security of the Internet"))
    copy = import_archive(archive=read_archive(archive_bytes(archive)), owner=organiser)
    goal = copy.process.goals.get()
    assert (goal.shared_goal, goal.text) == ("", "Maintain the security of the Internet")
    assert not copy.process.screener_answers.exists()


def pages_of(found: Submitted) -> None:
    """The pages of the first assessment, and the comparison of both."""
    first = found.assessments[0]
    questions = [question for attribute in found.spec.attributes for question in attribute.questions]
    hub = page(found, reverse("assessments:assessment-hub", args=[first.code]))
    assert hub.count('class="tag status-completed"') == len(questions)
    assert ("Experimental" in hub) == found.spec.experimental
    question = page(found, reverse("assessments:question", args=[first.code, questions[2].code]))
    assert f"Question 3 of {len(questions)}" in question
    results = page(found, reverse("assessments:assessment-results", args=[first.code]))
    assert ("EXPERIMENTAL QUESTION SET" in results) == found.spec.experimental
    assert "three of the four attributes" not in results
    page(found, reverse("assessments:assessment-check", args=[first.code]))
    compared = reverse("assessments:compare-show") + "?" + "&".join(f"code={entry.code}" for entry in found.assessments)
    comparison = page(found, compared)
    assert ("EXPERIMENTAL QUESTION SET" in comparison) == found.spec.experimental
    for name in ("framework", "questions", "method"):
        public = page(found, reverse(f"attributes:{name}") + f"?set={found.spec.slug}")
        assert ("Experimental" in public) == found.spec.experimental
    for part in ("process-screener", "process-goals", "process-detail"):
        page(found, reverse(f"assessments:{part}", args=[first.process.code]))


def pdfs_of(found: Submitted, documents: list[ResultDocument]) -> None:
    """The report of the first assessment, and the comparison of both."""
    single = render_pdf(render_html(paper(documents[0]), "en"))
    low, high = found.shape.pages
    assert low <= single.pages <= high
    text = letters_of(single.content)
    for attribute in found.spec.attributes:
        assert attribute.title["en"].replace(" ", "") in text
    assert ("EXPERIMENTALQUESTIONSET" in text) == found.spec.experimental
    compared = build_comparison(documents)
    assert len(compared.pairs) == 1
    named = compared.model_dump(mode="json")
    assert (named["question_set"], named["credit"]) == (found.spec.slug, found.spec.credit)
    assert [process["experimental"] for process in named["processes"]] == [found.spec.experimental] * 2
    text = letters_of(render_pdf(render_html(paper(compared), "en")).content)
    assert ("EXPERIMENTALQUESTIONSET" in text) == found.spec.experimental
    assert "threeofthefourattributes" not in text


def test_documents_say_of_each_set_whether_it_is_settled_and_how_long_its_scale_is() -> None:
    document = samples.result()
    stored = document.model_dump(mode="json")["question_set"]
    assert set(stored) == {"slug", "version", "digest", "title", "credit", "experimental", "top_level"}
    assert (stored["experimental"], stored["top_level"]) == (False, 3)
    compared = build_comparison([document, samples.result("Panel on water", code="abcdefghjk")]).model_dump(mode="json")
    # A comparison that names no set is of the first one.
    assert not {"question_set", "credit"} & set(compared)
    assert [process["experimental"] for process in compared["processes"]] == [False, False]
