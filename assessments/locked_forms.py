"""Forms of what several people may write at once: what was typed is kept where somebody else was faster."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict
from attributes.pages import PlainForm, taken


class LockedForm(PlainForm):
    """A form that says from which version its page was drawn."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def taken_or_asked_again(form: LockedForm, write: Callable[[], HttpResponse]) -> HttpResponse | None:
    """Answer as `taken` does; at a Conflict keep what was typed, to be saved over what somebody else wrote once that
    was said."""
    try:
        return taken(form, write)
    except Conflict as conflict:
        data = cast(QueryDict, form.data).copy()
        data["version"] = str(conflict.current.version)
        form.data = data
        text = _("%(what)s What you typed stands below. If you save again, it replaces what they wrote.")
        form.add_error(NON_FIELD_ERRORS, text % {"what": conflict.message})
        return None
