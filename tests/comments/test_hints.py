"""What in a comment may tell who wrote it is named to the moderator; what may not is left alone."""

import pytest

from assessments.comments.hints import Hint, HintKind, KnownNames, hints_in
from assessments.comments.language import language_of

KNOWN = KnownNames(
    people=["Ana Kovač", "Rina Reader"],
    organisations=["Northvale Forum"],
    small_groups=["Small firms", "جمعيات الشباب", "青年"],
    harmless=["Northvale spectrum process", "Civil society"],
)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Write to me: ana@example.org.", HintKind.EMAIL, "ana@example.org"),
        ("See https://example.org/us for more", HintKind.WEB, "https://example.org/us"),
        ("Call +41 22 555 01 02 and ask", HintKind.PHONE, "+41 22 555 01 02"),
        ("I told Kovač twice", HintKind.KNOWN, "Kovač"),
        ("the northvale forum never answers", HintKind.KNOWN, "northvale forum"),
        ("We asked Jane Smith for the papers", HintKind.NAME, "Jane Smith"),
        ("Mr Smith never listens", HintKind.NAME, "Mr Smith"),
        ("It was Dr. Weber who decided", HintKind.NAME, "Dr. Weber"),
        ("For a small firm this costs too much", HintKind.GROUP, "firm"),
        ("نحن من جمعيات الشباب ولم نسمع", HintKind.GROUP, "جمعيات الشباب"),
        ("我们青年没有被问到", HintKind.GROUP, "青年"),
        ("We are the only ones who came by bus", HintKind.ROLE, "We are the only"),
        ("Nous sommes les seuls à avoir répondu", HintKind.ROLE, "sommes les seuls"),
        ("Como somos los únicos, nadie pregunta", HintKind.ROLE, "somos los únicos"),
        ("мы единственные, кого не спросили", HintKind.ROLE, "мы единственные"),
        ("我们是唯一没有被邀请的", HintKind.ROLE, "我们是唯一"),
    ],
)
def test_words_that_tell_who_wrote_are_named(text: str, kind: HintKind, words: str) -> None:
    assert Hint(kind, words) in hints_in(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "The papers come too late, and nobody says why.",
        "In 2025 we got 3 of 12 drafts. The Northvale spectrum process is slow. Civil society was asked last.",
        "Les documents arrivent trop tard.",
        "文件来得太晚。",
    ],
)
def test_plain_criticism_has_no_hint(text: str) -> None:
    assert hints_in(text, KNOWN) == []


def test_words_of_a_group_are_no_hint_where_its_name_is_shown_anyway() -> None:
    assert hints_in("For small firms this costs too much", KNOWN, names_group=True) == []


@pytest.mark.parametrize(
    ("text", "among", "language"),
    [
        ("The papers come too late and we are not told", ["en", "fr"], "en"),
        ("Les documents sont envoyés trop tard et nous ne savons pas", ["en", "fr"], "fr"),
        ("Los documentos no llegan a tiempo y es una pena para nosotros", [], "es"),
        ("الأوراق تصل متأخرة", ["en", "ar"], "ar"),
        ("الأوراق تصل متأخرة", ["en"], ""),
        ("Документы приходят поздно", ["ru"], "ru"),
        ("文件来得太晚", ["zh-hans", "en"], "zh-hans"),
        ("Late papers", ["en", "fr"], ""),
        ("12 %!", ["en"], ""),
    ],
)
def test_a_language_is_said_only_where_the_words_show_it(text: str, among: list[str], language: str) -> None:
    assert language_of(text, among) == language
