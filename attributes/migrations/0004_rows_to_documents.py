"""The rows of every question set become its document. Nothing is lost: the digest is computed again and compared.

What is written here is the format of that day (format 1); nothing of it is imported from the application, which may
have another one by the time this runs.
"""

import hashlib
import json

from django.db import migrations

# What is at its default stands in no document, and is not part of the digest.
NOTHING = ("", None, False, [], {})


def _row(row, required, optional=()):
    found = {name: getattr(row, name) for name in required}
    return found | {name: getattr(row, name) for name in optional if getattr(row, name) not in NOTHING}


def _rows(rows, required, optional=(), order="position"):
    return [_row(row, required, optional) for row in sorted(rows.all(), key=lambda row: getattr(row, order))]


def _without_nothing(found):
    return {name: value for name, value in found.items() if value not in NOTHING}


def _item(row):
    prompts = sorted(row.evidence_prompts.all(), key=lambda prompt: prompt.position)
    found = _row(
        row,
        ("code", "kind", "short", "text", "scored"),
        ("note", "critical", "na_allowed", "na_condition", "stakeholder_primary", "other_allowed", "replaces"),
    )
    if row.revision != 1:
        found["revision"] = row.revision
    if row.audience != "both":
        found["audience"] = row.audience
    advice = ("code", "trigger", "text", "basis_quote")
    return found | _without_nothing(
        {
            "anchors": _rows(row.anchors, ("level", "text"), order="level"),
            "options": _rows(row.options, ("key", "label"), ("help",)),
            "states": _rows(row.states, ("key", "label"), ("credit", "needs_text", "text")),
            "evidence_prompts": [prompt.text for prompt in prompts],
            "recommendations": _rows(row.recommendations, advice, ("basis_lines",)),
        }
    )


def _question(row):
    items = sorted(row.items.all(), key=lambda item: item.position)
    return _row(row, ("code", "verbatim"), ("source_lines",)) | {"items": [_item(item) for item in items]}


def _attribute(row):
    found = _row(row, ("code", "slug", "title", "summary"), ("source_lines",))
    if row.quotations:
        found["quotations"] = [_without_nothing(quotation) for quotation in row.quotations]
    questions = sorted(row.questions.all(), key=lambda question: question.position)
    return found | {"questions": [_question(question) for question in questions]}


def _document(row):
    head = ("slug", "version", "languages", "title", "credit", "resource_default", "source", "scale")
    parts = [f"questions__items__{name}" for name in ("anchors", "options", "states", "evidence_prompts")]
    attributes = row.attributes.order_by("position").prefetch_related(*parts, "questions__items__recommendations")
    return {
        "format": 1,
        **_row(row, head, ("experimental", "summary")),
        "attributes": [_attribute(attribute) for attribute in attributes],
        **_without_nothing(
            {
                "criteria": _rows(row.criteria, ("code", "text"), ("help", "source_lines")),
                "goals": _rows(row.goals, ("code", "text"), ("source_lines",)),
                "components": _rows(row.components, ("code", "text"), ("note", "source_lines")),
                "crosswalk": _rows(row.crosswalk, ("framework", "text"), ("source_lines", "item_codes", "not_covered")),
            }
        ),
    }


def _digest(document):
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def convert(apps, schema_editor):
    """Give every version its document, and every item its version and its place in it."""
    QuestionSet = apps.get_model("attributes", "QuestionSet")
    Item = apps.get_model("attributes", "Item")
    database = schema_editor.connection.alias
    # A version was created and published in one transaction: there are none that were not, unless by hand, and
    # those could not be used for anything.
    QuestionSet.objects.using(database).filter(status="draft").delete()
    for row in QuestionSet.objects.using(database).order_by("pk"):
        row.document = _document(row)
        if _digest(row.document) != row.digest:
            raise RuntimeError(f"{row.slug} {row.version} is not what was published under its digest. Nothing was changed.")
        row.published_at = row.published_at or row.created_at
        row.save(update_fields=["document", "published_at"])
        items = list(
            Item.objects.using(database)
            .filter(question__attribute__question_set=row)
            .order_by("question__attribute__position", "question__position", "position")
        )
        for position, item in enumerate(items, start=1):
            item.question_set, item.position = row, position
        Item.objects.using(database).bulk_update(items, ["question_set", "position"], batch_size=100)


class Migration(migrations.Migration):
    """There is no way back: the tables are dropped afterwards."""

    dependencies = [
        ("attributes", "0003_documents"),
    ]

    operations = [migrations.RunPython(convert)]
