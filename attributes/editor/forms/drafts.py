"""Forms to start a draft and to change how it is built."""

from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from attributes.documents.documents import Document
from attributes.kinds import Kind
from attributes.labels import KIND_LABELS
from attributes.models import Draft, QuestionSet
from attributes.pages import PlainForm

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9-]*$"
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MOST_PARTS = 20
LONGEST_CODE, LONGEST_SLUG, LONGEST_TITLE = 20, 80, 200
# The method's four levels, which a new set starts with.
LEVELS = (
    ("N", gettext_lazy("Not achieved"), gettext_lazy("Little or no sign of it.")),
    ("P", gettext_lazy("Partially achieved"), gettext_lazy("Some sign of it; patchy, or for some only.")),
    ("L", gettext_lazy("Largely achieved"), gettext_lazy("A clear approach, mostly working; known weaknesses.")),
    ("F", gettext_lazy("Fully achieved"), gettext_lazy("Complete and systematic; no significant weakness.")),
)


def _languages() -> list[tuple[str, str]]:
    known = {code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info and code.islower()}
    return sorted(known.items(), key=lambda entry: entry[1].casefold())


class NewSetForm(PlainForm):
    """A new question set: what it is called, and the language it is written in."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Enter the title of the question set")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language it is written in"),
        choices=_languages,
        initial="en",
        help_text=gettext_lazy("It can be translated into others. This one cannot be changed later."),
    )
    slug = forms.RegexField(
        label=gettext_lazy("Name in addresses and files"),
        regex=SLUG_PATTERN,
        max_length=LONGEST_SLUG,
        required=False,
        help_text=gettext_lazy("Small letters, digits and hyphens. Left empty, it is made from the title."),
        error_messages={"invalid": gettext_lazy("Use small letters and digits, with single hyphens between them")},
    )

    def clean(self) -> dict[str, Any]:
        """Propose the name, and refuse one that is taken."""
        super().clean()
        found = self.cleaned_data
        if "title" not in found or "slug" in self.errors:
            return found
        slug = found.get("slug") or slugify(found["title"])[:LONGEST_SLUG].strip("-").replace("_", "-")
        if not slug:
            self.add_error("slug", _("No name can be made from this title: enter one"))
        elif slug in {"drafts", "compare", "import", "new"}:
            self.add_error("slug", _("“%(slug)s” has a meaning of its own here: take another name") % {"slug": slug})
        elif QuestionSet.objects.filter(slug=slug).exists() or Draft.objects.filter(slug=slug).exists():
            self.add_error("slug", _("There is a question set “%(slug)s” already: take another name") % {"slug": slug})
        return found | {"slug": slug}

    def document(self) -> Document:
        """The document the draft starts with."""
        language = self.cleaned_data["language"]
        return {
            "format": 1,
            "slug": self.cleaned_data["slug"],
            "languages": [language],
            "title": {language: self.cleaned_data["title"]},
            "scale": _scale(language),
            "attributes": [],
        }


def _scale(language: str) -> list[dict[str, Any]]:
    """The four levels; in a language the program does not speak only their letters."""
    with override("en"):
        english = {letter: (str(label), str(meaning)) for letter, label, meaning in LEVELS}
    levels = []
    with override(language):
        for value, (letter, label, meaning) in enumerate(LEVELS):
            row: dict[str, Any] = {"value": value, "letter": letter}
            if language == "en" or (str(label), str(meaning)) != english[letter]:
                row |= {"label": {language: str(label)}, "meaning": {language: str(meaning)}}
            levels.append(row)
    return levels


class CodesField(forms.CharField):
    """Codes with spaces or commas between them; a list, each looking like a code."""

    def to_python(self, value: Any) -> Any:
        """The codes."""
        return str(super().to_python(value) or "").replace(",", " ").split()

    def validate(self, value: Any) -> None:
        """Refuse what no code looks like."""
        super().validate(value)
        check = forms.RegexField(CODE_PATTERN, max_length=LONGEST_CODE)
        for code in value:
            try:
                check.clean(code)
            except forms.ValidationError as error:
                raise forms.ValidationError(_code_message(), code="invalid") from error

    def run_validators(self, value: Any) -> None:
        """Those of texts do not fit."""


def _code_message() -> str:
    return _("Use letters, digits and hyphens for a code, at most %(number)s, and begin with a letter or digit") % {
        "number": LONGEST_CODE
    }


class CodeForm(PlainForm):
    """The code of a new attribute or question."""

    code = forms.RegexField(
        label=gettext_lazy("Code"),
        regex=CODE_PATTERN,
        max_length=LONGEST_CODE,
        help_text=gettext_lazy("Proposed; it never changes, and is never used for anything else."),
        error_messages={
            "required": gettext_lazy("Enter a code"),
            "invalid": gettext_lazy("Use letters, digits and hyphens, and begin with a letter or digit"),
        },
    )


class NewItemForm(CodeForm):
    """A new item: how it is answered, and its code."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How it is answered"), choices=[(kind.value, KIND_LABELS[kind]) for kind in Kind]
    )
    field_order = ["kind", "code"]


class MoveForm(PlainForm):
    """Where else a question or an item should stand."""

    to = forms.ChoiceField(label=gettext_lazy("Move it to"), error_messages={"required": gettext_lazy("Choose one")})

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = places


class SplitForm(PlainForm):
    """The codes of the items that take the place of one."""

    codes = CodesField(
        label=gettext_lazy("Codes of the new items"),
        help_text=gettext_lazy(
            "Two or more, with spaces between them. Each starts as a copy of this item, whose code is not used again."
        ),
    )

    def clean_codes(self) -> list[str]:
        """Two at least, all different; each becomes a whole item."""
        codes: list[str] = self.cleaned_data["codes"]
        if len({code.casefold() for code in codes}) < 2 or len({code.casefold() for code in codes}) != len(codes):
            raise forms.ValidationError(_("Enter at least two different codes"))
        if len(codes) > MOST_PARTS:
            raise forms.ValidationError(_("Enter at most %(number)s codes") % {"number": MOST_PARTS})
        return codes


class MergeForm(CodeForm):
    """The items that become one, and its code."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Items that become one"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "The new item starts with the words of the first. The codes of these are not used again."
        ),
        error_messages={"required": gettext_lazy("Choose at least two items")},
    )
    field_order = ["items", "code"]

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    def clean_items(self) -> list[str]:
        """Two at least."""
        chosen: list[str] = self.cleaned_data["items"]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Choose at least two items"))
        return chosen
