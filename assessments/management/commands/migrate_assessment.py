"""Move an assessment to a newer version of its question set, taking every proposal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from assessments.exceptions import AssessmentError
from assessments.models import Assessment
from assessments.moving.matching import ItemChange
from assessments.moving.proposals import Proposal
from assessments.moving.services import move_assessment, newer_versions, propose
from attributes.management.base import DatabaseCommand
from attributes.models import QuestionSet


class Command(DatabaseCommand):
    """Print what becomes of each answer, and unless it is a dry run do it."""

    help = "Move a draft to a newer version of its question set; the old answers are kept. Prints what becomes of each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """CODE, --to, --dry-run."""
        parser.add_argument("code", help="code of the assessment")
        parser.add_argument("--to", required=True, metavar="VERSION", help="the version to move to, such as 1.1.0")
        parser.add_argument("--dry-run", action="store_true", help="only print what would become of each answer")

    def handle(self, *args: Any, code: str, to: str, dry_run: bool, **options: Any) -> None:
        """One line per item, then the counts."""
        found = Assessment.objects.select_related("process").with_question_set().filter(code=code).first()
        if found is None:
            raise CommandError(f"There is no assessment {code}.")
        target = self._target(found, to)
        plan = propose(found, target)
        earlier = found.question_set.version
        if not dry_run:
            try:
                move_assessment(assessment=found, user=None, to=target, drawn_from=plan.fingerprint)
            except AssessmentError as error:
                raise CommandError(error.message) from error
        for proposal in plan.proposals:
            self.stdout.write("\t".join(_row(proposal)))
        counts = ", ".join(f"{plan.counts[change]} {change}" for change in ItemChange if plan.counts[change])
        done = "would be moved" if dry_run else "moved"
        self.stdout.write(f"{code} {done} from {earlier} to {to}: {counts}")

    def _target(self, assessment: Assessment, version: str) -> QuestionSet:
        if not assessment.is_draft:
            raise CommandError(f"{assessment.code} is {assessment.state}: reopen it before you move it.")
        versions = newer_versions(assessment)
        for row in versions:
            if row.version == version:
                return row
        known = ", ".join(row.version for row in versions) or "none"
        name = f"{assessment.question_set.slug} {assessment.question_set.version}"
        raise CommandError(f"{version} is not a published version after {name}. There are: {known}.")


def _row(found: Proposal) -> list[str]:
    """Change, code, where it comes from, what is done, and the state of the answer before and after."""
    match = found.match
    origins = "+".join(item.code for item in match.olds if item.code != found.code)
    before = "+".join(content.state for content in found.before) or "-"
    if match.new is None:
        return [match.change, found.code, "", "left behind", before]
    if not found.is_decision:
        return [match.change, found.code, origins, "", "unanswered"]
    becomes = found.becomes[found.recommended]
    return [match.change, found.code, origins, found.recommended, f"{before} → {becomes.content.state}", *becomes.notes]
