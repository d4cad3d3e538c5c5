"""Every reference vector is compared by some test."""

from pathlib import Path

from tests.scoring.reference import VECTORS


def test_every_vector_is_checked() -> None:
    tests = Path(__file__).parent.glob("test_reference_*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in tests)
    assert [name for name in VECTORS if f'"{name}"' not in text] == []


def test_every_vector_says_what_it_computes() -> None:
    for vector in VECTORS.values():
        assert {"id", "what", "section", "computes", "input", "expected"} <= vector.keys()
