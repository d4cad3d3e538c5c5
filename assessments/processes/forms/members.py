"""Forms about who belongs to a process."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongTextField
from assessments.vocabulary import Role
from attributes.pages import PlainForm

ROLE_CHOICES = [
    (Role.CONTRIBUTOR, _("Contributor: answers questions and gives evidence")),
    (
        Role.REVIEWER,
        _(
            "Reader and comment moderator: reads submitted assessments and reports, decides on comments of "
            "stakeholders, and reviews an assessment if asked to"
        ),
    ),
    (Role.ORGANISER, _("Organiser: everything, including members, submitting and deleting")),
]


class InviteMemberForm(PlainForm):
    """Invite people by e-mail, all in one role."""

    emails = LongTextField(
        label=_("E-mail addresses"),
        rows=3,
        max_length=10_000,
        help_text=_("Typed or pasted from a list. “Name <address>” works as well."),
        error_messages={"required": _("Enter the e-mail address of somebody to invite, one a line")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLE_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role")},
    )


class InviteRaterForm(PlainForm):
    """Invite one person who rates a second time."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter the e-mail address of the person"),
            "invalid": _("Enter an e-mail address, like name@example.org"),
        },
    )


class RoleForm(PlainForm):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class AcceptForm(PlainForm):
    """Accept an invitation that went to another address than the account's."""

    other_address = forms.BooleanField(
        label=_("Yes, join with this account"),
        error_messages={"required": _("Confirm that you want to join with this account, or sign in with another")},
    )
