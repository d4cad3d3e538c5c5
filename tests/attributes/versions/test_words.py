"""Word by word: nothing is lost, and only what cannot turn a meaning is spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attributes.documents.words import Effort, RunKind, Segment, is_spelling, segments

TEXTS = st.text(alphabet=st.sampled_from("ab c\n\tä.") | st.characters(codec="utf-8"), max_size=60)


def joined(found: list[Segment], *kinds: RunKind) -> str:
    return "".join(segment.text for segment in found if segment.kind in kinds)


@given(TEXTS, TEXTS)
def test_segments_lose_nothing(old: str, new: str) -> None:
    found = segments(old, new)
    assert joined(found, RunKind.EQUAL, RunKind.REMOVED) == old
    assert joined(found, RunKind.EQUAL, RunKind.ADDED) == new


@given(
    st.lists(st.sampled_from(["a ", "b ", "c\n"]), max_size=12), st.lists(st.sampled_from(["a ", "b "]), max_size=12)
)
def test_segments_of_long_texts_lose_nothing(old: list[str], new: list[str]) -> None:
    found = segments("".join(old), "".join(new), Effort(0))
    assert joined(found, RunKind.EQUAL, RunKind.REMOVED) == "".join(old)
    assert joined(found, RunKind.EQUAL, RunKind.ADDED) == "".join(new)


def test_texts_written_to_be_slow_are_compared_at_their_ends() -> None:
    old, new = (" ".join(f"a {side}{number}" for number in range(1200)) for side in "xy")
    effort = Effort()
    assert [segment.kind for segment in segments(old, new, effort)] == [RunKind.EQUAL, RunKind.REMOVED, RunKind.ADDED]
    assert effort == Effort()


def test_effort_is_spent_by_all_texts_of_a_page() -> None:
    effort = Effort(40)
    first, second = (segments("one two three", "one 2 three", effort) for _text in range(2))
    assert [segment.text for segment in first] == ["one ", "two ", "2 ", "three"]
    assert effort.left == 40 - 2 * (2 + 3) * 2
    assert second == first
    assert segments("a b a b", "b a b a", effort) == [
        Segment(RunKind.REMOVED, "a b a b"),
        Segment(RunKind.ADDED, "b a b a"),
    ]


def test_segments_are_words() -> None:
    assert segments("Is it open to all?", "Is it closed to all?") == [
        Segment(RunKind.EQUAL, "Is it "),
        Segment(RunKind.REMOVED, "open "),
        Segment(RunKind.ADDED, "closed "),
        Segment(RunKind.EQUAL, "to all?"),
    ]


def test_what_is_appended_is_all_that_differs() -> None:
    assert segments("Who they are.", "Who they are. Nobody asks.") == [
        Segment(RunKind.EQUAL, "Who they are."),
        Segment(RunKind.ADDED, " Nobody asks."),
    ]
    assert segments("en", "en fr") == [Segment(RunKind.EQUAL, "en"), Segment(RunKind.ADDED, " fr")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the organisation of it", "the organization of it"),
        ("they recive it", "they receive it"),
        ("Stakeholders agree", "stakeholders agree"),
        ("open, to all", "open to all."),
        ("open  to\nall", "open to all"),
        ("co-operation works", "cooperation works"),
        ("a résumé exists", "a resumé exists"),
        ("the groups' “words”", "the groups’ 'words'"),
        ("same", "same"),
    ],
)
def test_small_slips_are_spelling(old: str, new: str) -> None:
    assert is_spelling(old, new)
    assert is_spelling(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("it is not so", "it is now so"),
        ("it is so", "it is not so"),
        ("all may come", "ail may come"),
        ("US law holds", "us law holds"),
        ("within 30 days", "within 31 days"),
        ("within 1,5 days", "within 15 days"),
        ("less < more", "less > more"),
        ("are unable to", "are enable to"),
        ("a typical case", "a atypical case"),
        ("the member decides", "the members decides"),
        ("it was decide then", "it was decided then"),
        ("without leave", "Without leave"),
        ("they can't come", "they cant come"),
        ("two causal links", "two casual links"),
        ("{resource} works", "{resourse} works"),
        ("一个好的过程", "一个坏的过程"),
        ("word", "other words"),
        ("- here", "here"),
        ("— here", "! here"),
    ],
)
def test_what_might_turn_the_meaning_is_wording(old: str, new: str) -> None:
    assert not is_spelling(old, new)
    assert not is_spelling(new, old)


@given(
    st.lists(st.sampled_from(["open", "closed", "organisers", "not", "30", "everybody"]), min_size=1, max_size=8),
    st.data(),
)
def test_another_word_is_never_spelling(text: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    other = [*text[:at], "participants", *text[at + 1 :]]
    assert not is_spelling(" ".join(text), " ".join(other))
