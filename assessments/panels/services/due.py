"""Waves whose closing date has passed."""

import logging

from django.utils import timezone

from assessments.exceptions import NotAllowed
from assessments.models.panel import Wave, WaveState
from assessments.panels.services.closing import close_and_freeze

logger = logging.getLogger(__name__)


def close_due_waves() -> int:
    """Close every open wave whose last day is over, each for itself; return how many. Answers are refused before.

    One that cannot be closed is named in the log and tried again the next time.
    """
    closed = 0
    for wave in Wave.objects.filter(state=WaveState.OPEN, closes_on__lt=timezone.localdate()).order_by("pk"):
        try:
            close_and_freeze(wave=wave)
        except NotAllowed:  # somebody closed it in this moment
            continue
        except Exception:
            logger.exception("Wave %s could not be closed", wave.code)
            continue
        closed += 1
    return closed
