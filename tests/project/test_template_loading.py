"""Pages are sent without the indentation of their templates, and nothing else is lost with it."""

import re
from pathlib import Path

from django.template import engines
from django.template.loader import get_template

from msgov.template_loading import TAG_END

TEMPLATES = Path(__file__).parents[2] / "templates"
WHITE_SPACE = re.compile(r"\s+")
# What may not be indented: sentences over several lines that are looked up with their white space, and text that is
# shown as it is written.
SENTENCE = re.compile(
    r"\{%\s*blocktranslate\b(?![^%]*\btrimmed\b)[^%]*%\}(.*?)\{%\s*(?:plural|endblocktranslate)", re.DOTALL
)
VERBATIM = re.compile(r"<(?:pre|textarea)\b[^>]*>(.*?)</(?:pre|textarea)>", re.DOTALL)


def sources() -> dict[str, str]:
    """The templates of pages as they are written, by name."""
    return {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}


def test_indentation_is_left_out_and_nothing_else() -> None:
    indented = 0
    for name, written in sources().items():
        sent = get_template(name).template.source
        assert not re.search(r"[ \t\n]{2}", sent.strip()), name
        if not written.strip():
            continue
        # A tag may end where it likes.
        assert WHITE_SPACE.sub("", sent) == WHITE_SPACE.sub("", written), name
        assert len(WHITE_SPACE.findall(sent)) + len(TAG_END.findall(written)) == len(WHITE_SPACE.findall(written)), name
        indented += "\n  " in written
    assert indented > 100


def test_what_is_sent_as_it_is_written_has_no_indentation() -> None:
    for name, written in sources().items():
        assert not [text for text in SENTENCE.findall(written) if "\n" in text], name
        # A browser drops the line break after the tag.
        assert not [text for text in VERBATIM.findall(written) if "\n" in text.removeprefix("\n").strip(" ")], name


def test_mails_are_sent_as_they_are_written() -> None:
    for path in TEMPLATES.rglob("*.txt"):
        name = str(path.relative_to(TEMPLATES))
        assert engines["django"].get_template(name).template.source == path.read_text(encoding="utf-8"), name


def test_a_template_of_nothing_says_nothing() -> None:
    """The forms of allauth show the help that this template gives, unless it is empty."""
    assert get_template("account/password_reset_help_text.html").render() == ""
