"""Moves an assessment and back, again and again: `python -m tests.inside tests.load.move_now CODE TIMES`.

It says `ready` on standard output, and begins when a line comes in.
"""

import sys
import time
from typing import Any

from assessments.models import Assessment, Move
from assessments.moving.services import move_assessment, undo_move
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests.builders.question_sets import synthetic
from tests.load.world import QUESTIONS

PAUSE = 0.15  # seconds in which pages are loaded and saved


def next_version() -> QuestionSet:
    """Version 1.1.0: the first item of every question reworded."""
    document: dict[str, Any] = synthetic(QUESTIONS).model_dump(mode="json", exclude_defaults=True)
    document["version"] = "1.1.0"
    for attribute in document["attributes"]:
        for question in attribute["questions"]:
            question["items"][0].update(revision=2, text={"en": "Asked in other words now."})
    return store_spec(QuestionSetSpec.model_validate(document))[0]


def main(code: str, times: str) -> dict[str, Any]:
    """Move and move back, and say how often that was done."""
    newer = next_version()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(int(times)):
        assessment = Assessment.objects.with_question_set().get(code=code)
        move_assessment(assessment=assessment, user=None, to=newer)
        time.sleep(PAUSE)
        undo_move(assessment=assessment, user=None)
        time.sleep(PAUSE)
    return {"moves": Move.objects.exclude(undone_at=None).count()}
