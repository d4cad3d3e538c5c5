"""Waves as an organiser makes them, for the tests of the organiser's side."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from assessments.models import Assessment, StakeholderGroup
from assessments.models.panel import LinkKind, Wave, WaveGroup
from assessments.services.panels import setup, waves
from msgov.accounts.models import User
from tests import builders

NAMES = ("Government", "Business", "Civil society")


def prepared(organiser: User | None = None, *, names: tuple[str, ...] = NAMES, **fields: Any) -> Wave:
    """A wave for which everything is settled, with 40 people invited by personal links in each group."""
    organiser = organiser or builders.user()
    process = builders.process(organiser=organiser, name="Northvale")
    for place, name in enumerate(names):
        StakeholderGroup.objects.create(process=process, name=name, position=place)
    assessment: Assessment = builders.assessment(process)
    wave = waves.prepare_wave(assessment=assessment, user=organiser)
    settled = {"notice": "The secretariat asks, to do better.", "closes_on": in_days(14), **fields}
    setup.save_settings(wave=wave, fields=settled)
    wave.groups.update(invited=40)
    wave.refresh_from_db()
    return wave


def launched(organiser: User | None = None, **fields: Any) -> Wave:
    """The same, open."""
    organiser = organiser or builders.user()
    wave = prepared(organiser, **fields)
    setup.launch_prepared(wave=wave, user=organiser)
    return wave


def in_days(days: int) -> Any:
    """A day from today."""
    return timezone.localdate() + timedelta(days=days)


def open_group(wave: Wave, cap: int = 10) -> WaveGroup:
    """The last group of a wave, with an open link instead of personal ones."""
    group: WaveGroup = wave.groups.order_by("position").last()
    group.link_kind, group.cap = LinkKind.OPEN, cap
    group.save()
    return group
