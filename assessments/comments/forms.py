"""What the moderator decides on comments, and what the organiser replies."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.comments.hints import Hint
from assessments.comments.language import language_of
from assessments.comments.services.moderation import CommentDecision, comment_mark
from assessments.comments.services.themes import ThemeChange
from assessments.fields import LongTextField
from assessments.locked_forms import LockedForm
from assessments.models import CommentTheme, PanelComment
from assessments.vocabulary import CommentState
from assessments.working_languages import working_languages
from attributes.pages import PlainForm
from attributes.texts import own_name

COMMENT_MAX = 5000
TITLE_MAX = 120
# A way to decide, not a state: shown as it was written, whatever stands in the box for other words.
AS_WRITTEN = "written"


class ModerationForm(PlainForm):
    """One comment: whether to show it, in which words, and what belongs to it. `is_open`: it may stay undecided.

    `themes` are the titles there are, `public` whether it may be quoted where everybody reads.
    """

    state = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[
            (AS_WRITTEN, gettext_lazy("Show it as it was written")),
            (CommentState.SHOWN.value, gettext_lazy("Show it with the words below")),
            (CommentState.WITHHELD.value, gettext_lazy("Do not show it")),
        ],
        error_messages={"required": gettext_lazy("Choose whether to show the comment.")},
    )
    edited = LongTextField(label=gettext_lazy("Words that are shown"), required=False, max_length=COMMENT_MAX, rows=3)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    new_theme = forms.CharField(label=gettext_lazy("or a new theme"), required=False, max_length=TITLE_MAX)
    language = forms.ChoiceField(label=gettext_lazy("Language of the comment"), required=False)
    translation = LongTextField(
        label=gettext_lazy("Translation, for readers of another language"),
        required=False,
        max_length=COMMENT_MAX,
        rows=3,
    )
    chosen_for_public = forms.BooleanField(
        label=gettext_lazy("May be quoted where everybody reads"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        comment: PanelComment,
        themes: Sequence[str] = (),
        languages: Sequence[str] = (),
        public: bool = False,
        hints: Sequence[Hint] = (),
        is_open: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_stored(comment, languages), prefix=f"c{comment.pk}", **kwargs)
        self.comment = comment
        self.hints = hints
        self.fields["state"].required = not is_open
        self._offer("theme", [("", _("None")), *((title, title) for title in themes)])
        self._offer("language", [("", _("Not said")), *_languages(languages)])
        if not public:
            del self.fields["chosen_for_public"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @cached_property
    def is_changed(self) -> bool:
        """Whether it needs to be open: other words are shown, or there is a translation."""
        return bool(self.comment.edited or self.comment.translation or self.errors)

    def clean_edited(self) -> str:
        """Ask for words where the comment is to be shown with others."""
        words = str(self.cleaned_data["edited"])
        if self.data.get(self.add_prefix("state")) == CommentState.SHOWN and not words.strip():
            raise forms.ValidationError(_("Leave some words, or choose not to show the comment."))
        return words

    def decision(self, *, rest: str = "") -> CommentDecision | None:
        """What was decided in a form that is valid; None where nothing was, nor said about it.

        `rest`: what is decided on a comment that was left undecided.
        """
        data = self.cleaned_data
        chosen = data["state"] or rest
        if not chosen and (self.comment.state != CommentState.WAITING or not self.has_changed()):
            return None
        state = CommentState.SHOWN if chosen == AS_WRITTEN else CommentState(chosen or CommentState.WAITING)
        return CommentDecision(
            comment=self.comment,
            state=state,
            edited=self.comment.text if chosen == AS_WRITTEN else data["edited"],
            theme=data["new_theme"] or data["theme"],
            language=data["language"],
            translation=data["translation"],
            chosen_for_public=data.get("chosen_for_public", False),
            seen=data["seen"] or None,
        )

    def meet(self, stored: PanelComment, message: str) -> None:
        """Say that somebody else decided meanwhile, keep what was typed, and let it be saved over theirs."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("seen")] = comment_mark(stored)
        self.data = data
        self.add_error(None, message)


def _stored(comment: PanelComment, languages: Sequence[str]) -> dict[str, Any]:
    """What is stored; the language that the words show, where nobody has said it."""
    decided: str | None = comment.state
    if comment.state == CommentState.WAITING:
        decided = None
    elif comment.state == CommentState.SHOWN and not comment.edited:
        decided = AS_WRITTEN
    return {
        "state": decided,
        "edited": comment.edited or comment.text,
        "theme": comment.theme.title if comment.theme else "",
        "language": comment.language or language_of(comment.text, languages),
        "translation": comment.translation,
        "chosen_for_public": comment.chosen_for_public,
        "seen": comment_mark(comment),
    }


def _languages(first: Sequence[str]) -> list[tuple[str, Any]]:
    """Those that were offered to respondents, then all others."""
    others = [(code, name) for code, name in working_languages() if code not in first and code != "mul"]
    return [*((code, own_name(code)) for code in first), *others]


class ThemesForm(PlainForm):
    """The themes of a wave: titles, what people say, order, and which to put together."""

    def __init__(self, *args: Any, themes: Sequence[CommentTheme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = themes
        others = {str(theme.pk): theme for theme in themes}
        self._by_pk: Mapping[str, CommentTheme] = others
        for place, theme in enumerate(themes, 1):
            prefix = f"t{theme.pk}"
            fixed = theme.reply is not None
            self.fields[f"{prefix}-title"] = forms.CharField(
                label=_("Theme"), max_length=TITLE_MAX, initial=theme.title, disabled=fixed
            )
            self.fields[f"{prefix}-summary"] = LongTextField(
                label=_("What people say about it"),
                help_text=_("One or two sentences, in your own words. Everybody who may read the theme reads them."),
                max_length=1000,
                required=False,
                rows=2,
                initial=theme.summary,
                disabled=fixed,
            )
            self.fields[f"{prefix}-position"] = forms.IntegerField(
                label=_("Place in the order"), min_value=1, max_value=999, initial=place
            )
            self.fields[f"{prefix}-into"] = forms.ChoiceField(
                label=_("Put it together with"),
                required=False,
                disabled=fixed,
                choices=[("", _("Nothing")), *((pk, one.title) for pk, one in others.items() if one.pk != theme.pk)],
            )
            self.fields[f"{prefix}-version"] = forms.IntegerField(widget=forms.HiddenInput, initial=theme.version)

    def rows(self) -> list[tuple[CommentTheme, list[forms.BoundField]]]:
        """Each theme with its fields."""
        names = ("title", "summary", "position", "into", "version")
        return [(theme, [self[f"t{theme.pk}-{name}"] for name in names]) for theme in self.themes]

    def changes(self) -> list[ThemeChange]:
        """What is wanted of each theme."""
        found = []
        for theme in self.themes:
            said = {
                name: self.cleaned_data[f"t{theme.pk}-{name}"] for name in ("title", "summary", "position", "version")
            }
            into = self._by_pk.get(self.cleaned_data[f"t{theme.pk}-into"])
            found.append(ThemeChange(theme=theme, into=into, **said))
        return found


class ThemeReplyForm(LockedForm):
    """What the organiser replies to a theme."""

    text = LongTextField(
        label=gettext_lazy("Reply"),
        help_text=gettext_lazy("What you will do about it, or why not. Up to 2,000 characters."),
        max_length=2000,
        rows=8,
        error_messages={"required": gettext_lazy("Write the reply.")},
    )
