"""Lists find words however they are written, on both databases alike."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Process
from attributes.searching import containing, pattern_of
from tests import builders

# What is stored, and what is looked for.
FOUND = [
    ("ÖSTERREICHISCHES FORUM", "österreich"),
    ("Évaluation", "evaluation"),
    ("E\u0301valuation", "éVALUATION"),
    ("ФОРУМ", "форум"),
    ("Straße", "STRASSE"),
    ("STRASSE", "straße"),
    ("İstanbul", "istanbul"),
    ("ISTANBUL", "ıstanbul"),
    ("Ελλάς", "ΕΛΛΑΣ"),
    ("مُنْتَدى أحمد", "منتدى احمد"),
    ("שָׁלוֹם", "שלום"),
    ("Łódź (x)", "lodz (X"),
    ("Việt\u00a0Nam", "viet nam"),
    ("ＦＵＬＬ", "full"),
    ("한국", "한국"),
    ("100%_[a-z].*", "%_[A-Z].*"),
]
MISSED = [("Forum", "forms"), ("はか", "ばか"), ("100", "1.0"), ("प्रतिवेदन", "परतवदन")]


@pytest.mark.django_db
def test_words_are_found_however_they_are_written() -> None:
    for name, _words in [*FOUND, *MISSED]:
        Process.objects.create(name=name)
    for name, words in FOUND:
        assert name in Process.objects.filter(containing(words, "name")).values_list("name", flat=True), words
    for name, words in MISSED:
        assert name not in Process.objects.filter(containing(words, "name")).values_list("name", flat=True), words


@pytest.mark.django_db
def test_every_list_with_a_search_finds_them(client: Client) -> None:
    admin = builders.user("admin@example.org", name="ÅSA ÉTIENNE", is_staff=True, is_superuser=True)
    process = builders.process(organiser=admin, name="ÖSTERREICHISCHES FORUM")
    builders.assessment(process, state="submitted")
    client.force_login(admin)
    for address, words, found in (
        (reverse("assessments:process-list"), "österreich", process.name),
        (reverse("assessments:compare"), "osterreich", process.name),
        (reverse("site:people"), "åsa etienne", admin.name),
        (reverse("admin:assessments_process_changelist"), "forum österreich", process.name),
    ):
        assert found in client.get(address, {"q": words}).content.decode(), address
        assert found not in client.get(address, {"q": words + "x"}).content.decode().replace(admin.name, "", 1), address


def test_pattern_of_a_long_text_stays_small() -> None:
    assert len(re.compile(pattern_of("ea" * 50)).pattern) < 30_000
