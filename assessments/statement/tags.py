"""The process statement on pages that lie below it: the page of a result has it folded in."""

from typing import Any

from django import template

from assessments.models import Assessment, FrozenResult
from assessments.results.frozen import PanelSource
from assessments.statement import fact_lines, statement_on_page

register = template.Library()


@register.inclusion_tag("assessments/statement/_folded.html")
def process_statement(assessment: Assessment, result: FrozenResult, panel: PanelSource | None) -> dict[str, Any]:
    """The ten facts of a frozen result, folded."""
    return {"facts": fact_lines(statement_on_page(assessment, result, panel))}
