"""What is typed about paper: where sheets go, who enters them, the code of a card, and a whole sheet at once."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongTextField
from assessments.models import Wave
from assessments.panels.short_codes import LENGTH, is_well_formed
from assessments.paper.sheet import MOST_SLIPS, numbered
from assessments.respond.access import Access
from assessments.respond.forms import Entry, RespondForm, lines_of, words_name
from assessments.respond.questionnaire import AskedQuestion
from assessments.respond.receipts import is_paper_receipt
from assessments.wording import say
from attributes.codes import ALPHABET, plain_code
from attributes.pages import PlainForm
from attributes.texts import language_name

SLIP = "slip_code"  # "code" in the name: what is typed is never shown again by the pages about errors
CODE_INPUT = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}


class ReturnForm(PlainForm):
    """Where sheets are given back, once for each language of the wave."""

    def __init__(self, data: Any, *, wave: Wave) -> None:
        super().__init__(data)
        for language in wave.languages:
            self.fields[f"where_{language}"] = LongTextField(
                label=language_name(language),
                max_length=500,
                required=False,
                initial=wave.paper_return.get(language, ""),
            )
        self._languages = list(wave.languages)

    def where(self) -> dict[str, str]:
        """What was typed, by language."""
        return {language: self.cleaned_data[f"where_{language}"] for language in self._languages}


class AssistantForm(PlainForm):
    """Who enters sheets of a group."""

    name = forms.CharField(
        label=_("Name of the person"), max_length=150, help_text=_("It stands on the sheet: this person reads it.")
    )
    of_organiser = forms.BooleanField(
        label=_("This person works for the organiser"),
        required=False,
        help_text=_("Somebody independent is better where there is anybody. It is told on the sheet as well."),
    )


class SlipsForm(PlainForm):
    """How many slips, and in which language."""

    number = forms.IntegerField(label=_("How many slips"), min_value=1, max_value=MOST_SLIPS, initial=10)


class TypedCodeForm(PlainForm):
    """Takes the code of a card as somebody typed it, in the language spoken."""

    # "code" in the name: what is typed is never shown again by the pages about errors.
    card_code = forms.CharField(
        max_length=60,
        widget=forms.TextInput(
            attrs={**CODE_INPUT, "autocapitalize": "characters", "aria-describedby": "id_card_code_helptext"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["card_code"]
        field.label, field.help_text = say("paper.code_label"), say("paper.code_help")
        field.error_messages["required"] = say("paper.code_missing")

    def clean_card_code(self) -> str:
        """The code without what does not matter. Raises ValidationError that says what is wrong with it."""
        code = plain_code(self.cleaned_data["card_code"])
        if strange := sorted(set(code) - set(ALPHABET)):
            raise forms.ValidationError(say("paper.code_strange", characters=" ".join(strange).upper()))
        if len(code) != LENGTH:
            raise forms.ValidationError(say("paper.code_length", length=len(code)))
        if not is_well_formed(code):
            raise forms.ValidationError(say("paper.code_mistyped"))
        return code


class SheetForm:
    """All items of a sheet on one page. `errors` map names of inputs to messages; `forged`: not sent by our page.

    Nothing of it is stored before it is entered, and nothing can be read again afterwards.
    """

    def __init__(self, asked: Access, data: Mapping[str, Any] | None = None) -> None:
        self.asked = asked
        self.pages = [(one, RespondForm(asked.catalogue, one, {}, {})) for one in asked.questions]
        self.errors: dict[str, str] = {}
        self.forged = False
        self.slip = ""
        self.is_bound = data is not None
        if data is not None:
            self._read(data)

    def _read(self, data: Mapping[str, Any]) -> None:
        for question, form in self.pages:
            names = _names(question)
            form.read({name: value for name, value in data.items() if name in names})
            self.forged = self.forged or form.forged
            self.errors |= form.errors
        self.slip = str(data.get(SLIP, "")).strip()
        if self.slip and not is_paper_receipt(self.slip):
            self.errors[SLIP] = say("paper.entry_slip_wrong")
        if not self.errors and not self.answers() and not self.comments():
            self.errors[self.first] = say("paper.entry_nothing")

    @property
    def first(self) -> str:
        """The name of the first input, to which whoever enters sheets comes."""
        question, _form = self.pages[0]
        return lines_of(question.rated[0])[0].name if question.rated else words_name(question.comment_keys[0])

    def answers(self) -> dict[str, Entry]:
        """What was chosen, by item."""
        return {code: entry for _question, form in self.pages for code, entry in form.answers().items() if entry}

    def comments(self) -> dict[str, str]:
        """What was written, by item or attribute."""
        return {key: text for _question, form in self.pages for key, text in form.comments().items() if text.strip()}

    def shown(self) -> list[dict[str, Any]]:
        """The questions for the template, with numbers as they stand on the sheet."""
        return [
            {
                "asked": question,
                "verbatim": self.asked.say(question.question.verbatim),
                "blocks": [numbered(block) for block in form.blocks(self.asked.say)],
                "comment": form.comment(
                    self.asked.say(self.asked.catalogue.attribute(question.question.attribute_code).title)
                ),
            }
            for question, form in self.pages
        ]


def _names(question: AskedQuestion) -> frozenset[str]:
    choices = {line.name for item in question.rated for line in lines_of(item)}
    return frozenset(choices | {words_name(key) for key in question.comment_keys})
