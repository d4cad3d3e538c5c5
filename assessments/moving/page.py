"""What the page of a move shows: per item the old beside the new, and the choices."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.answers.value import AnswerContent, is_empty
from assessments.answers.wording import WordedLine, answer_lines
from assessments.models import Assessment
from assessments.moving.matching import ItemChange
from assessments.moving.proposals import MoveChoice, Proposal, reason_of
from assessments.moving.services import Plan
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.texts import Wording

# In the order of the page: what needs a decision most comes first.
CHANGES = {
    ItemChange.SPLIT: gettext_lazy("Split"),
    ItemChange.MERGED: gettext_lazy("Merged"),
    ItemChange.REPLACED: gettext_lazy("Replaced"),
    ItemChange.REWORDED: gettext_lazy("Reworded"),
    ItemChange.NEW: gettext_lazy("New"),
    ItemChange.GONE: gettext_lazy("Gone"),
    ItemChange.SAME: gettext_lazy("The same"),
}
LABELS = {
    MoveChoice.KEEP: gettext_lazy("Take what was answered in the newer version before the assessment was moved back"),
    MoveChoice.TAKE: gettext_lazy("Take the answer over"),
    MoveChoice.WORDS: gettext_lazy("Take evidence, comments and files over, and answer again"),
    MoveChoice.START: gettext_lazy("Start unanswered"),
}


def decision_name(code: str) -> str:
    """The name of the radio buttons of an item."""
    return f"decide-{code}"


def plan_context(assessment: Assessment, plan: Plan, decisions: Mapping[str, MoveChoice]) -> dict[str, Any]:
    """The proposals by what happened to the items; those that stay the same apart. No query."""
    pages = _Pages(assessment, plan)
    groups = []
    for change in CHANGES:
        entries = [found for found in plan.proposals if found.match.change is change and found.needs_look]
        if entries:
            shown = [pages.block(found, decisions) for found in entries]
            groups.append({"title": CHANGES[change], "change": change.value, "blocks": shown})
    return {
        "plan": plan,
        "counts": [(CHANGES[change], plan.counts[change]) for change in CHANGES if plan.counts[change]],
        "groups": groups,
        "same": [pages.same(found) for found in plan.proposals if not found.needs_look],
        "has_decisions": any(found.is_decision and found.needs_look for found in plan.proposals),
    }


class _Pages:
    """Words for the two versions."""

    def __init__(self, assessment: Assessment, plan: Plan) -> None:
        self.plan = plan
        resource = assessment.process.resource
        self.say_old = Wording(resource or plan.old.resource_default)
        self.say_new = Wording(resource or plan.new.resource_default)

    def block(self, found: Proposal, decisions: Mapping[str, MoveChoice]) -> dict[str, Any]:
        """An item that needs a look."""
        new = found.match.new
        return {
            "code": found.code,
            "short": self.say_new(new.short) if new else self.say_old(found.match.olds[0].short),
            "reason": reason_of(found, self.plan.old),
            "olds": [
                {
                    "code": item.code,
                    "text": self.say_old(item.text),
                    "lines": self._lines(self.plan.old, item, content, self.say_old),
                }
                for item, content in zip(found.match.olds, found.before, strict=True)
            ],
            "files": [file.name for item in found.match.olds for file in self.plan.files.get(item.pk, [])],
            "new": self.say_new(new.text) if new else "",
            "name": decision_name(found.code),
            "choices": self._choices(found, new, decisions) if new else [],
        }

    def same(self, found: Proposal) -> dict[str, Any]:
        """An item that stays the same; its wordings only where a correction makes them differ."""
        old, new = found.match.olds[0], found.match.new
        assert new is not None  # noqa: S101 - what is gone is not the same
        before, after = self.say_old(old.text), self.say_new(new.text)
        return {
            "code": new.code,
            "short": self.say_new(new.short),
            "is_answered": not is_empty(found.before[0]),
            "wordings": (before, after) if before != after else None,
        }

    def _choices(
        self, found: Proposal, new: CatalogueItem, decisions: Mapping[str, MoveChoice]
    ) -> Iterable[dict[str, Any]]:
        chosen = found.chosen(decisions)
        return [
            {
                **self._becomes(found, new, choice, f"{decision_name(found.code)}-{choice.value}"),
                "value": choice.value,
                "label": LABELS[choice],
                "checked": choice is chosen,
                "recommended": choice is found.recommended,
            }
            for choice in MoveChoice
            if choice in found.becomes
        ]

    def _becomes(self, found: Proposal, new: CatalogueItem, choice: MoveChoice, name: str) -> dict[str, Any]:
        """What a choice makes of the answer; it is described by that, if there is anything to say."""
        becomes = found.becomes[choice]
        starts_anew = choice is MoveChoice.START
        lines = [] if starts_anew else self._lines(self.plan.new, new, becomes.content, self.say_new)
        described_by = f"{name}-becomes" if lines or becomes.notes else ""
        return {"id": name, "notes": becomes.notes, "lines": lines, "described_by": described_by}

    def _lines(
        self, catalogue: CatalogueSet, item: CatalogueItem, content: AnswerContent, say: Wording
    ) -> list[WordedLine]:
        if is_empty(content):
            return [WordedLine("answer", _("Answer"), _("Not answered yet"), empty=True)]
        return answer_lines(catalogue, item, content, say)
