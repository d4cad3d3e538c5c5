"""Ways into a questionnaire: made, mailed, handed out, revoked.

Nothing here may tell whose link was used, but for the room that a revoked one makes: every write does the same to used
links as to others, as far as anybody can see, and nothing returns or stores how many were left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.address_lists import read_addresses
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import PanelLink, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.panels.services.mails import remember_root
from assessments.panels.short_codes import new_short_code, short_hash
from assessments.panels.tasks import enqueue_panel_mails
from assessments.signals import process_event, traces_left
from assessments.vocabulary import LinkKind, WaveState
from attributes.codes import new_token, token_hash

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from msgov.accounts.models import User

MAX_ADDRESSES = 1000  # at once
MAX_HANDED_OUT = 200  # at once: each has a picture to print
MAX_NAMED = 20


@dataclass(frozen=True)
class NewLink:
    """A link that was just made. Its token exists nowhere else, and no more does the `code` that can be typed instead;
    `number` is its place in the group, from 1."""

    number: int
    token: str
    code: str


def personal_links(group: WaveGroup) -> "QuerySet[PanelLink]":
    """The personal links of a group in the order they were made, revoked ones included."""
    found = PanelLink.objects.filter(group=group, is_open_link=False, is_test=False, in_exchange=False)
    return found.order_by("pk")


def taken_up(links: "QuerySet[PanelLink]") -> "QuerySet[PanelLink]":
    """Those of personal links that stand for somebody who was invited: one that was revoked makes room only if its mail
    came back, or its address was wrong.

    If every link did, answers could be added beside those given by revoked links; if only unused ones did, whoever
    revokes a link would learn whether its owner took part.
    """
    return links.exclude(Q(is_revoked=True) & ~Q(failure=""))


def left_to_invite(group: WaveGroup) -> int:
    """How many personal links can still be made. One query."""
    return max(0, group.invited - taken_up(personal_links(group)).count())


def open_group(group: WaveGroup, kind: LinkKind) -> WaveGroup:
    """The stored group, locked, with its wave. Raises NotAllowed unless it has links of this kind and is open."""
    wave = group.wave.locked(WaveState.OPEN)
    if not wave.takes_new:
        raise NotAllowed(_("The closing date has passed."))
    row = WaveGroup.objects.select_for_update().get(pk=group.pk)
    row.wave = wave
    if row.link_kind != kind:
        raise NotAllowed(_("This group has links of the other kind."))
    return row


# --- By e-mail ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AddressList:
    """A list of addresses as it was typed: those that can be invited, and what is wrong with the others, by line."""

    good: list[str]
    problems: list[str]


def _sort_out(entries: list[tuple[int, str]], known: dict[str, str]) -> AddressList:
    """`known`: address to the group it is invited in."""
    good, problems, lines = list[str](), list[str](), dict[str, int]()
    for line, address in entries:
        where = {"line": line, "address": address}
        try:
            validate_email(address)
        except ValidationError:
            problems.append(_("Line %(line)s: “%(address)s” is not an e-mail address.") % where)
            continue
        if address in lines:
            text = _("Line %(line)s: %(address)s is in line %(first)s already.")
            problems.append(text % {**where, "first": lines[address]})
        elif address in known:
            text = _("Line %(line)s: %(address)s has been invited already, in the group %(group)s.")
            problems.append(text % {**where, "group": known[address]})
        else:
            good.append(address)
        lines.setdefault(address, line)
    return AddressList(good, problems)


def sorted_out(group: WaveGroup, text: str) -> AddressList:
    """Tell the addresses of a list that can be invited from the rest. One query."""
    invited = PanelLink.objects.filter(group__wave=group.wave_id, is_revoked=False).exclude(email="")
    return _sort_out(read_addresses(text), dict(invited.values_list("email", "group__name")))


@transaction.atomic
def invite_by_mail(*, group: WaveGroup, user: "User", text: str, root: str, without_the_rest: bool = False) -> int:
    """Make a link for each address and queue the mails; all or none. Returns how many.

    `root` is the address of this site, with the slash at its end. `without_the_rest`: the person has seen what is
    wrong with some lines, and wants the others invited. Raises InvalidAnswer whose `errors["addresses"]` names what
    is wrong line by line, and NotAllowed where the wave is not open.
    """
    row = open_group(group, LinkKind.PERSONAL)
    addresses = sorted_out(row, text)
    problems = [] if without_the_rest and addresses.good else addresses.problems
    if not problems:
        problems = _too_many(row, len(addresses.good), user)
    if problems:
        more = len(problems) - MAX_NAMED
        if more > 0:
            text = ngettext("and %(more)s more problem", "and %(more)s more problems", more) % {"more": more}
            problems = [*problems[:MAX_NAMED], text]
        raise InvalidAnswer(problems[0], {"addresses": "\n".join(problems)})
    PanelLink.objects.bulk_create(
        # Nobody has this token: the mail brings one of its own.
        PanelLink(group=row, email=address, token_hash=token_hash(new_token()))
        for address in addresses.good
    )
    record("panel.invited", user, row, number=len(addresses.good))
    mail_group(row, root)
    return len(addresses.good)


def _too_many(group: WaveGroup, number: int, user: "User") -> list[str]:
    if not number:
        return [_("Enter at least one e-mail address.")]
    if number > MAX_ADDRESSES:
        return [_("Enter at most %(max)s addresses at once.") % {"max": MAX_ADDRESSES}]
    left = left_to_invite(group)
    if number > left:
        return [
            _("These are %(number)s addresses, but only %(left)s of the %(invited)s people invited have no link yet.")
            % {"number": number, "left": left, "invited": group.invited}
        ]
    try:
        queue_mails(user, number)
    except NotAllowed as refused:
        return [refused.message]
    return []


@transaction.atomic
def send_again(*, group: WaveGroup, user: "User", link: PanelLink | None, root: str) -> None:
    """Queue the mail to one address again, or those that failed or still wait. Raises NotAllowed.

    A new link takes the place of the old one. Whose questionnaire was finished gets a mail that says so: nothing
    shows the difference here.
    """
    row = open_group(group, LinkKind.PERSONAL)
    mailed = personal_links(row).filter(is_revoked=False).exclude(email="")
    mailed = mailed.filter(pk=link.pk) if link is not None else mailed.filter(sent_on=None)
    queue_mails(user, mailed.count())
    mailed.update(sent_on=None, failure="")
    record("panel.sent_again", user, row)
    mail_group(row, root)


@transaction.atomic
def mark_undeliverable(*, group: WaveGroup, link: PanelLink) -> None:
    """Note that a mail came back: this site reads no mailbox. Its address gets no reminder. Raises NotAllowed."""
    row = open_group(group, LinkKind.PERSONAL)
    personal_links(row).filter(pk=link.pk).exclude(email="").update(failure=_("Came back as undeliverable"))


def mail_group(group: WaveGroup, root: str) -> None:
    """Queue the mails that wait in a group, once the transaction is done. `root`: the address of this site."""
    remember_root(group.wave, root)
    queue: Callable[[], None] = partial(enqueue_panel_mails, group.pk, root)
    transaction.on_commit(queue)


# --- Handed out -----------------------------------------------------------------------------------------------


@transaction.atomic
def hand_out(*, group: WaveGroup, user: "User", number: int, made: int) -> list[NewLink]:
    """Make personal links without addresses. Their tokens are returned, and kept nowhere.

    `made`: how many links the group had when the page was drawn, so that a form sent twice makes them once. Raises
    NotAllowed.
    """
    row = open_group(group, LinkKind.PERSONAL)
    before = personal_links(row).count()
    if before != made:
        raise NotAllowed(
            _("Links have been made since this page was opened. If they got lost, revoke them and make others.")
        )
    left = left_to_invite(row)
    if not 1 <= number <= min(left, MAX_HANDED_OUT):
        raise NotAllowed(
            ngettext(
                "%(left)s more link can be made for this group, at most %(max)s at once.",
                "%(left)s more links can be made for this group, at most %(max)s at once.",
                left,
            )
            % {"left": left, "max": MAX_HANDED_OUT}
        )
    made_now = [NewLink(before + index, new_token(), new_short_code()) for index in range(1, number + 1)]
    PanelLink.objects.bulk_create(
        PanelLink(group=row, token_hash=token_hash(link.token), short_hash=short_hash(link.code)) for link in made_now
    )
    record("panel.links_made", user, row, number=number)
    return made_now


@transaction.atomic
def make_open_link(*, group: WaveGroup, user: "User") -> NewLink:
    """Return the one open link of a group, as number 0; the one before stops working. Raises NotAllowed."""
    row = open_group(group, LinkKind.OPEN)
    link = NewLink(0, new_token(), new_short_code())
    hashes = {"token_hash": token_hash(link.token), "short_hash": short_hash(link.code)}
    PanelLink.objects.update_or_create(group=row, is_open_link=True, defaults={**hashes, "is_revoked": False})
    record("panel.open_link_made", user, row)
    return link


# --- Taken back -----------------------------------------------------------------------------------------------


@transaction.atomic
def revoke(*, group: WaveGroup, user: "User", link: PanelLink | None = None) -> None:
    """Make one link of a group stop working, or all. What was handed in by them stays. Raises NotAllowed.

    Questionnaires under way by them are deleted: they can never be handed in, and would tie answers to an address.
    """
    group.wave.locked(WaveState.OPEN)
    links = PanelLink.objects.filter(group=group, is_test=False)
    if link is not None:
        links = links.filter(pk=link.pk)
    # As finishing takes them: unfinished questionnaires first.
    UnfinishedQuestionnaire.objects.filter(link__in=links).delete()
    row = WaveGroup.objects.select_for_update().get(pk=group.pk)
    links.update(is_revoked=True)
    row.write_anew()
    transaction.on_commit(lambda: traces_left.send(sender=revoke))
    record("panel.links_revoked" if link is None else "panel.link_revoked", user, group)


def record(action: str, user: "User", group: WaveGroup, **details: int) -> None:
    """Write into the history what was done to links or people of a group, with numbers only."""
    wave: Wave = group.wave
    process_event.send(
        sender=record, action=action, user=user, obj=wave.assessment, details={"wave": wave.number, **details}
    )
