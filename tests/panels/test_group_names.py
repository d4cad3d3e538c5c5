"""Groups are frozen with their names in every language of the wave, and each reader reads them in their own."""

from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from docx import Document

from assessments.documents.both_tracks import JointDocument
from assessments.documents.panel import PanelDocument
from assessments.documents.values import document_digest, stored_digest
from assessments.headlines import divided_sentence
from assessments.models import PanelComment, WaveSnapshot
from assessments.over_time.groups import groups_then_and_now
from assessments.panels.rechecking import recheck_wave
from assessments.panels.services.closing import close_and_freeze
from assessments.reports.docx import board_docx
from assessments.reports.html import render_html
from assessments.results.both_tracks import read_together
from assessments.results.frozen import statements_of
from assessments.results.panel_lines import panel_context
from assessments.results.panel_numbers import panel_csv
from assessments.results.themes import line_of
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import CommentState
from attributes.texts import LocalisedText, called, reading
from tests import builders
from tests.builders.panels import open_wave, put, tv10_public
from tests.builders.papers import paper
from tests.panels.conftest import Make
from tests.results.test_both_tracks import result_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("snapshot_key")]
# The last one has no name in Arabic.
GROUPS = {"Government": "الحكومة", "Business": "قطاع الأعمال", "Youth": ""}
MARKED = '<bdi lang="ar" dir="rtl">{}</bdi>'


def answered() -> int:
    """The number of a snapshot: in English and Arabic, three groups of six answered as far apart as can be."""
    wave = open_wave(GROUPS, languages=["en", "ar"])
    for group in wave.groups.all():
        group.names = {"ar": GROUPS[group.name]}
        group.save()
    for level, group in enumerate(GROUPS, 1):
        put(wave, group, [{"CR1a": level, "CR1b": level, "CR1c": level} for _person in range(6)])
    found = close_and_freeze(wave=wave)
    assert found is not None
    return found.pk


@pytest.fixture(scope="module")
def snapshot_key(build_once: Make) -> int:
    return build_once(answered)


@pytest.fixture
def snapshot(db: None, snapshot_key: int) -> WaveSnapshot:
    return WaveSnapshot.objects.get(pk=snapshot_key)


def joint_of(document: Any) -> JointDocument:
    found = read_together(result_of({"CR1a": 3, "CR1b": 0}), PanelDocument.model_validate(document))
    assert found is not None
    return found


def without_names(content: Any) -> Any:
    """A document as it was frozen before names had languages."""
    if isinstance(content, dict):
        return {key: without_names(value) for key, value in content.items() if key != "names"}
    return [without_names(entry) for entry in content] if isinstance(content, list) else content


def test_both_documents_have_every_name_by_its_language(snapshot: WaveSnapshot) -> None:
    for content in (snapshot.document, snapshot.public):
        document = PanelDocument.model_validate(content)
        assert [group.names for group in document.groups] == [
            {"en": "Government", "ar": "الحكومة"},
            {"en": "Business", "ar": "قطاع الأعمال"},
            {"en": "Youth"},
        ]
        assert [unit.names for unit in document.units] == [group.names for group in document.groups]
    assert recheck_wave([snapshot]) == [[]]


def test_a_changed_name_in_one_language_is_found(snapshot: WaveSnapshot) -> None:
    snapshot.public["groups"][0]["names"]["ar"] = "x"
    snapshot.public_digest = stored_digest(snapshot.public)
    assert [line for lines in recheck_wave([snapshot]) for line in lines] == [
        '$.public.groups[0].names.ar: stored "x", now "الحكومة"'
    ]


def test_documents_from_before_keep_their_bytes_and_follow_from_their_counts(snapshot: WaveSnapshot) -> None:
    for field, digest in (("document", "digest"), ("public", "public_digest")):
        old = without_names(getattr(snapshot, field))
        document = PanelDocument.model_validate(old)
        assert document.model_dump(mode="json") == old
        assert document_digest(document) == stored_digest(old)
        setattr(snapshot, field, old)
        setattr(snapshot, digest, stored_digest(old))
        with reading("ar"):
            assert [group.called for group in document.groups] == list(GROUPS)
            assert "<bdi>Business</bdi>" in page_of(document)
    assert recheck_wave([snapshot]) == [[]]


@pytest.mark.parametrize(
    ("wanted", "said", "language"),
    [("ar", "قطاع", "ar"), ("ar-eg", "قطاع", "ar"), ("pt", "Negocios", "es"), ("en-gb", "Business", "en")],
)
def test_a_reader_has_their_language_or_else_the_first(wanted: str, said: str, language: str) -> None:
    # The first name is in Spanish: nobody is given the English one who did not ask for it.
    names = {"ar": "قطاع", "en": "Business", "es": "Negocios"}
    with reading(wanted):
        found = called("Negocios", names)
    assert isinstance(found, LocalisedText)
    assert (str(found), found.lang) == (said, language)


def page_of(document: Any) -> str:
    context = {**panel_context(joint_of(document)), "sentences": {}}
    return " ".join(render_to_string("assessments/results/_disagreement_groups.html", context).split())


def test_pages_and_sentences_mark_the_language_of_a_name(snapshot: WaveSnapshot) -> None:
    joint = joint_of(snapshot.document)
    with reading("ar"):
        assert MARKED.format("قطاع الأعمال") in page_of(snapshot.document)
        context = panel_context(joint)
        (line,) = [line for line in context["panel_attributes"].values() if line.highest]
        assert line.lowest.__html__() == MARKED.format("الحكومة")
        said = context["panel_items"]["CR1a"].said
        assert said.__html__() == f"<bdi>Youth</bdi> 100, {MARKED.format('الحكومة')} 33"
        assert MARKED.format("الحكومة") in divided_sentence(joint.divided[0], joint).__html__()
        assert "<bdi>Youth</bdi>" in page_of(snapshot.document)
    assert "<bdi>Business</bdi>" in page_of(snapshot.document)
    # A page in Arabic: its own name stands as it is, the one it does not have is marked.
    with override("ar"):
        drawn = page_of(snapshot.document)
    assert "<bdi>قطاع الأعمال</bdi>" in drawn
    assert '<bdi lang="en" dir="ltr">Youth</bdi>' in drawn


def test_the_page_of_a_result_has_them_in_its_language(snapshot: WaveSnapshot, client: Client, settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    assessment, organiser = snapshot.wave.assessment, snapshot.wave.created_by
    builders.answer(assessment, "CR1a", 3)
    submit_assessment(assessment=assessment, user=organiser)
    client.force_login(organiser)
    address = reverse("assessments:disagreement", args=[assessment.code])
    assert "<bdi>Business</bdi>" in client.get(address).content.decode()
    drawn = client.get(address, headers={"accept-language": "ar"}).content.decode()
    assert 'lang="ar" dir="rtl"' in drawn[:200]
    assert "<bdi>قطاع الأعمال</bdi>" in drawn
    assert '<bdi lang="en" dir="ltr">Youth</bdi>' in drawn


def test_papers_word_files_and_tables_follow_their_language(snapshot: WaveSnapshot) -> None:
    joint = joint_of(snapshot.document)
    html = render_html(paper(joint), "ar")
    assert "قطاع الأعمال" in html
    assert "Business" not in html
    assert '<bdi dir="ltr" lang="en">Youth</bdi>' in html
    assert "قطاع الأعمال" not in render_html(paper(joint), "en")
    word = Document(BytesIO(board_docx(paper(joint), "ar")))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    assert "قطاع الأعمال" in [cell.text for cell in cells]
    (youth,) = [cell for cell in cells if cell.text == "Youth"]
    assert 'w:lang w:val="en"' in youth._tc.xml
    with override("ar"):
        assert ";قطاع الأعمال;" in panel_csv(joint.panel)


def test_over_time_and_what_people_wrote_keep_the_names(snapshot: WaveSnapshot) -> None:
    public = PanelDocument.model_validate(snapshot.public)
    now = groups_then_and_now(tv10_public(), public)
    with reading("ar"):
        assert [group.called for group in now][:3] == ["الحكومة", "قطاع الأعمال", "Youth"]
    group = snapshot.wave.groups.get(name="Business")
    comment = PanelComment.objects.create(
        wave=snapshot.wave, group=group, attribute="IT", text="Words", state=CommentState.SHOWN
    )
    with reading("ar"):
        assert line_of(comment).of_group == "قطاع الأعمال"
    assert line_of(comment).group == "Business"


def test_a_response_on_the_record_has_them_too() -> None:
    wave = open_wave(["Government"], on_record=["Government"], languages=["en", "ar"])
    wave.groups.update(names={"ar": "الحكومة"})
    put(wave, "Government", [{"CR1a": 2}])
    (line,) = statements_of(wave.pk)
    with reading("ar"):
        assert line.of_group == "الحكومة"
