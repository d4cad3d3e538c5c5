"""People and groups that are added while a wave is open, and addresses that are corrected.

Numbers are only ever raised, and each change is written down and printed (method 3.8). Nothing here does anything else
to links that were used than to others, and nothing tells which were.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import PanelLink, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.panels.services.changes import note_change
from assessments.panels.services.links import mail_group, open_group, personal_links, record
from assessments.panels.services.setup import MAX_GROUPS, MAX_INVITED, problems_of_group, refuse_same_name, set_group
from assessments.panels.services.waves import make_ballot_boxes
from assessments.signals import traces_left
from assessments.vocabulary import GroupMode, LinkKind, WaveChangeKind, WaveState
from attributes.codes import new_token, token_hash

if TYPE_CHECKING:
    from msgov.accounts.models import User


def _open(wave: Wave) -> Wave:
    row = wave.locked(WaveState.OPEN)
    if not row.takes_new:
        raise NotAllowed(_("The closing date has passed."))
    return row


@transaction.atomic
def raise_number(
    *, group: WaveGroup, user: "User", to: int, cap: int | None = None, everybody: bool | None = None
) -> WaveGroup:
    """Say that more people of a group are invited than was said before. Raises NotAllowed, InvalidAnswer.

    By personal links as many answers are taken as people are invited; of an open link `cap` may be raised too.
    `everybody`, that these are all there are, can be taken back with it, and never said newly: by then it is known how
    many have answered.
    """
    wave = _open(group.wave)
    row = WaveGroup.objects.select_for_update().get(pk=group.pk)
    if row.mode == GroupMode.ON_RECORD:
        raise NotAllowed(_("This group answers once: nobody can be added."))
    if not row.invited < to <= MAX_INVITED:
        problem = _("Enter a number above %(invited)s.") % {"invited": row.invited}
        raise InvalidAnswer(problem, {"to": problem})
    if row.link_kind == LinkKind.OPEN:
        cap = cap or row.cap or to
        if row.cap is not None and cap < row.cap:
            problem = _("Enter at least %(cap)s.") % {"cap": row.cap}
            raise InvalidAnswer(problem, {"cap": problem})
    note_change(wave=wave, kind=WaveChangeKind.PEOPLE_ADDED, user=user, group=row, before=row.invited, after=to)
    row.invited, row.cap = to, cap if row.link_kind == LinkKind.OPEN else to
    row.everybody = row.everybody and everybody is not False
    row.save(update_fields=["invited", "cap", "everybody"])
    group.invited, group.cap, group.everybody = row.invited, row.cap, row.everybody
    row.wave = wave
    record("panel.people_added", user, row)
    return row


@transaction.atomic
def add_group(*, wave: Wave, user: "User", fields: Mapping[str, Any]) -> WaveGroup:
    """Ask one more group of an open wave, until its first closing. Raises NotAllowed, InvalidAnswer.

    The smallest group shown stays. After a result has been made, no group is added: the next result less the first
    would be what the group answered (method 3.8).
    """
    row = _open(wave)
    if row.snapshots.exists():
        raise NotAllowed(_("This wave has a result already: the next one would tell what a new group answered."))
    if row.groups.count() >= MAX_GROUPS:
        raise NotAllowed(_("There are %(max)s groups already, which is the most.") % {"max": MAX_GROUPS})
    refuse_same_name(row, fields["name"])
    last = row.groups.aggregate(last=Max("position"))["last"]
    group = WaveGroup(wave=row, position=0 if last is None else last + 1)
    set_group(group, fields)
    if problems := problems_of_group(row, group):
        raise InvalidAnswer(problems[0], {"invited": problems[0]})
    if group.link_kind == LinkKind.PERSONAL:
        group.cap = group.invited
    group.save()
    make_ballot_boxes([group])
    note_change(wave=row, kind=WaveChangeKind.GROUP_ADDED, user=user, group=group, after=group.invited)
    record("panel.group_added", user, group)
    return group


@transaction.atomic
def correct_address(*, group: WaveGroup, link: PanelLink, user: "User", email: str, root: str) -> PanelLink:
    """Give whoever a link was meant for one that is mailed to another address; the one before stops working.

    Of an address that was wrong nothing is kept. The new link was never used, whatever became of the one before: else a
    mail to an address that the organiser chooses would say whether somebody has answered. It is counted with the links
    that were replaced. Raises NotAllowed, InvalidAnswer.
    """
    row = open_group(group, LinkKind.PERSONAL)
    before = personal_links(row).filter(pk=link.pk, is_revoked=False).exclude(email="").first()
    if before is None:
        raise NotAllowed(_("This link has no address to correct."))
    email = email.strip().lower()
    problem = _problem_of(row.wave, email)
    if problem:
        raise InvalidAnswer(problem, {"email": problem})
    queue_mails(user, 1)
    UnfinishedQuestionnaire.objects.filter(link=before.pk).delete()
    PanelLink.objects.filter(pk=before.pk).update(
        is_revoked=True, email="", sent_on=None, reminded_on=None, failure=_("Address corrected")
    )
    made = PanelLink.objects.create(
        group=row, email=email, language=before.language, token_hash=token_hash(new_token())
    )
    row.write_anew()
    transaction.on_commit(lambda: traces_left.send(sender=correct_address))
    note_change(wave=row.wave, kind=WaveChangeKind.ADDRESS_CORRECTED, user=user, group=row)
    record("panel.address_corrected", user, row)
    mail_group(row, root)
    return made


def _problem_of(wave: Wave, email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return _("“%(address)s” is not an e-mail address.") % {"address": email}
    known = PanelLink.objects.filter(group__wave=wave, email=email, is_revoked=False, is_test=False)
    invited = known.values_list("group__name", flat=True).first()
    if invited is None:
        return ""
    return _("%(address)s has been invited already, in the group %(group)s.") % {"address": email, "group": invited}
