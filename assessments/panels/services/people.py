"""One list of people for all groups of a wave: looked at first, then stored.

Before the launch the mails wait for it; while the wave is open they go out at once, and a group that gets more people
than were invited has its number raised, which is written down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import PanelLink, Wave, WaveGroup
from assessments.panels.people_list import (
    MAX_PEOPLE,
    ListedPerson,
    doubtful_domains,
    language_called,
    languages_by_name,
    near_name,
    read_people,
    same_name,
)
from assessments.panels.services.adding import raise_number
from assessments.panels.services.links import mail_group, taken_up
from assessments.panels.services.setup import save_group
from assessments.signals import process_event
from assessments.vocabulary import GroupMode, LinkKind, WaveState
from attributes.codes import new_token, token_hash
from attributes.texts import language_name

if TYPE_CHECKING:
    from msgov.accounts.models import User

NEW, LEFT_OUT = "new", "leave"  # what can become of a group that is not known, beside one that is


@dataclass
class GroupOfList:
    """A group with the people of a list: known, or to be made (`group` is None)."""

    name: str
    group: WaveGroup | None
    people: list[ListedPerson] = field(default_factory=list)
    invited: int = 0
    after: int = 0

    @property
    def is_confidential(self) -> bool:
        """Whether everybody answers alone."""
        return self.group is None or self.group.mode == GroupMode.INDIVIDUAL


@dataclass
class SortedPeople:
    """A list, sorted: who gets a mail, by group; and what there is to say of lines, by number."""

    groups: list[GroupOfList] = field(default_factory=list)
    # Names in the list that are no group of the wave, with how many lines, as they are written first.
    unknown: dict[str, int] = field(default_factory=dict)
    duplicates: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many get a mail."""
        return sum(len(found.people) for found in self.groups)


def preset(wave: Wave, name: str, groups: Mapping[str, WaveGroup]) -> str:
    """What becomes of a name that is no group of the wave, unless something else is chosen.

    Before the launch a slip of the pen is the group that is meant, and any other name a new one. `groups`: by number.
    """
    if not wave.is_preparing:
        return LEFT_OUT
    meant = near_name(name, [group.name for group in groups.values()])
    return next((number for number, group in groups.items() if group.name == meant), NEW)


def sorted_people(wave: Wave, text: str, choices: Mapping[str, str] | None = None) -> SortedPeople:
    """Sort a list without storing anything. Three queries.

    `choices`: what becomes of groups that are not known, by `same_name`: the number of a group, NEW (while the wave is
    being prepared, when it is what happens by itself) or LEFT_OUT. Languages are stored as codes in the people found.
    """
    groups = list(wave.groups.all())
    links = PanelLink.objects.filter(group__wave=wave, is_test=False, is_open_link=False)
    invited = dict(links.filter(is_revoked=False).exclude(email="").values_list("email", "group__name"))
    made = dict(taken_up(links).order_by("group").values_list("group").annotate(number=Count("pk")))
    return _Sorting(wave, groups, invited, made, dict(choices or {})).sort(read_people(text))


class _Sorting:
    def __init__(
        self,
        wave: Wave,
        groups: Sequence[WaveGroup],
        invited: Mapping[str, str],
        made: Mapping[int, int],
        choices: Mapping[str, str],
    ) -> None:
        self.wave, self.made = wave, made
        # As it is called in any language of the wave; where two are called alike, by the name of all.
        self.by_name = {same_name(name): group for group in groups for name in group.names.values() if name}
        self.by_name |= {same_name(group.name): group for group in groups}
        self.by_number = {str(group.pk): group for group in groups}
        self.invited = invited
        self.choices = choices
        self.languages = languages_by_name(wave.languages)
        self.lines: dict[str, int] = {}
        self.found = SortedPeople()
        self.lists: dict[str, GroupOfList] = {}
        self.doubtful: dict[str, str] = {}

    def sort(self, people: Sequence[ListedPerson]) -> SortedPeople:
        self.doubtful = doubtful_domains({person.address for person in people if "@" in person.address})
        for person in people[:MAX_PEOPLE]:
            self._take(person)
        if len(people) > MAX_PEOPLE:
            self.found.problems.append(
                _("Only the first %(max)s people were read. Send the rest as another list.") % {"max": MAX_PEOPLE}
            )
        self.found.groups = [found for found in self.lists.values() if found.people]
        for found in self.found.groups:
            found.after = max(found.invited, self._made(found) + len(found.people))
        return self.found

    def _take(self, person: ListedPerson) -> None:
        where = {"line": person.line, "address": person.address}
        if not person.address:
            self.found.problems.append(_("Line %(line)s: there is no e-mail address.") % where)
            return
        try:
            validate_email(person.address)
        except ValidationError:
            self.found.problems.append(_("Line %(line)s: “%(address)s” is not an e-mail address.") % where)
            return
        if person.address in self.lines:
            text = _("Line %(line)s: %(address)s is in line %(first)s already.")
            self.found.duplicates.append(text % {**where, "first": self.lines[person.address]})
            return
        if person.address in self.invited:
            text = _("Line %(line)s: %(address)s has been invited already, in the group %(group)s.")
            self.found.duplicates.append(text % {**where, "group": self.invited[person.address]})
            return
        into = self._group(person)
        if into is None or self._is_refused(into, person):
            return
        self.lines[person.address] = person.line
        if meant := self.doubtful.get(person.address.rpartition("@")[2]):
            text = _("Line %(line)s: %(address)s gets a mail as it stands. Is “%(meant)s” meant?")
            self.found.slips.append(text % {**where, "meant": meant})
        into.people.append(ListedPerson(person.line, person.address, person.group, self._language(person)))

    def _group(self, person: ListedPerson) -> GroupOfList | None:
        """Where the person goes; None, with the reason noted, where nobody can tell."""
        if not person.group:
            if len(self.by_number) == 1:
                return self._list(next(iter(self.by_number.values())))
            text = _("Line %(line)s: no group is named for %(address)s.")
            self.found.problems.append(text % {"line": person.line, "address": person.address})
            return None
        key = same_name(person.group)
        if group := self.by_name.get(key):
            return self._list(group)
        first = next((name for name in self.found.unknown if same_name(name) == key), person.group)
        self.found.unknown[first] = self.found.unknown.get(first, 0) + 1
        chosen = self.choices.get(key) or preset(self.wave, first, self.by_number)
        if group := self.by_number.get(chosen):
            return self._list(group)
        if chosen == NEW and self.wave.is_preparing:
            return self.lists.setdefault(key, GroupOfList(first[:100], None))
        text = _("Line %(line)s: “%(group)s” is no group of this wave, so %(address)s is left out.")
        self.found.problems.append(text % {"line": person.line, "group": person.group, "address": person.address})
        return None

    def _list(self, group: WaveGroup) -> GroupOfList:
        key = same_name(group.name)
        if key not in self.lists:
            self.lists[key] = GroupOfList(group.name, group, invited=group.invited)
        return self.lists[key]

    def _is_refused(self, into: GroupOfList, person: ListedPerson) -> bool:
        group = into.group
        if group is None:
            return False
        where = {"line": person.line, "address": person.address, "group": group.name}
        if group.link_kind == LinkKind.OPEN:
            text = _("Line %(line)s: %(group)s has one open link, so %(address)s gets no mail.")
        elif group.mode == GroupMode.ON_RECORD and (into.people or self._made(into)):
            text = _("Line %(line)s: %(group)s answers once, by one person; %(address)s is one more.")
        else:
            return False
        self.found.problems.append(text % where)
        return True

    def _made(self, found: GroupOfList) -> int:
        """How many people of a group have a link, so that no more than were invited get one."""
        return 0 if found.group is None else self.made.get(found.group.pk, 0)

    def _language(self, person: ListedPerson) -> str:
        code = language_called(person.language, self.languages)
        if code is not None:
            return code
        text = _("Line %(line)s: “%(language)s” is no language of this wave; the mail is in %(first)s.")
        first = language_name(self.wave.languages[0]) if self.wave.languages else ""
        self.found.unsure.append(text % {"line": person.line, "language": person.language, "first": first})
        return ""


@transaction.atomic
def store_people(
    *, wave: Wave, user: "User", text: str, choices: Mapping[str, str] | None = None, root: str
) -> SortedPeople:
    """Store who of a list can be invited; return what became of it. Raises NotAllowed, InvalidAnswer.

    While the wave is open their mails are queued; else they go out at the launch.
    """
    row = wave.locked(WaveState.PREPARING if wave.is_preparing else WaveState.OPEN)
    if not row.is_preparing and not row.takes_new:
        raise NotAllowed(_("The closing date has passed."))
    # In the order in which everything else locks them.
    list(WaveGroup.objects.select_for_update().filter(wave=row).order_by("pk").values_list("pk"))
    found = sorted_people(row, text, choices)
    if not found.number:
        problem = _("There is nobody to invite in this list.")
        raise InvalidAnswer(problem, {"people": problem})
    if not row.is_preparing:
        queue_mails(user, found.number)
    for entry in found.groups:
        group = _with_room(row, entry, user)
        # Nobody has these tokens: the mails bring their own.
        PanelLink.objects.bulk_create(
            (
                PanelLink(
                    group=group,
                    email=person.address,
                    language=person.language,
                    token_hash=token_hash(new_token()),
                )
                for person in entry.people
            ),
            batch_size=500,
        )
        if not row.is_preparing:
            mail_group(group, root)
    process_event.send(
        sender=store_people,
        action="panel.invited",
        user=user,
        obj=row.assessment,
        details={"wave": row.number, "number": found.number},
    )
    return found


def _with_room(wave: Wave, entry: GroupOfList, user: "User") -> WaveGroup:
    """The group of an entry, made where there is none, with as many people invited as have a link."""
    group = entry.group
    if group is not None and not wave.is_preparing:
        group.wave = wave
        if entry.after > group.invited:
            raise_number(group=group, user=user, to=entry.after)
        return group
    fields = {
        "name": entry.name,
        "mode": group.mode if group else GroupMode.INDIVIDUAL,
        "link_kind": group.link_kind if group else LinkKind.PERSONAL,
        "invited": entry.after,
        "cap": None,
    }
    return save_group(wave=wave, fields=fields, group=group)


def waiting_people(wave: Wave) -> int:
    """How many people are listed whose mails wait for the launch. One query."""
    waiting = PanelLink.objects.filter(group__wave=wave, is_test=False, is_revoked=False, sent_on=None)
    return waiting.exclude(email="").count()
