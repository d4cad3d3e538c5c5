"""Stored question sets back into the format of the files, in an order that never varies."""

import json
from typing import Any

from attributes.catalogue import published as catalogue
from attributes.catalogue.types import CatalogueAttribute, CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.documents import yaml_writing
from attributes.documents.canonical import canonical
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec


def spec_of(question_set: QuestionSet) -> QuestionSetSpec:
    """The specification a stored version was made from. Its digest is that of the version."""
    return QuestionSetSpec.model_validate(_set(catalogue.of(question_set)))


def document_of(question_set: QuestionSet) -> dict[str, Any]:
    """The same as plain values, without what is at its default; texts in the order of the set's languages."""
    return canonical(plain(spec_of(question_set)))


def plain(spec: QuestionSetSpec) -> dict[str, Any]:
    """A specification as plain values in the order of the schema; what is at its default is left out."""
    return spec.model_dump(mode="json", exclude_defaults=True)


def to_json(document: dict[str, Any]) -> str:
    """A document as a JSON file: the same content is the same file, to the byte."""
    return json.dumps(canonical(document), ensure_ascii=False, indent=2) + "\n"


HEADER = """\
# A question set, format 1. Texts are maps from language to text; the first of `languages` is the one it was written
# in. Keep texts in quotes. Anchors (&), aliases (*), tags (!) and repeated keys are refused. What is left out is at its
# default. docs/question-sets.md describes every key; /schemas/question-set-1.json is the JSON Schema.

"""


def to_yaml(document: dict[str, Any]) -> str:
    """A document as a YAML file, with a few words on the format: the same content is the same file, to the byte."""
    return HEADER + yaml_writing.to_text(canonical(document))


def _set(found: CatalogueSet) -> dict[str, Any]:
    return {
        "format": 1,
        **_values(found, "slug", "version", "experimental", "title", "summary", "credit", "resource_default"),
        "languages": list(found.languages),
        "source": found.source,
        "scale": [_values(level, "value", "letter", "label", "meaning") for level in found.scale],
        "attributes": [_attribute(attribute) for attribute in found.attributes],
        "criteria": [_values(row, "code", "text", "help", "source_lines") for row in found.criteria],
        "goals": [_values(row, "code", "text", "source_lines") for row in found.goals],
        "components": [_values(row, "code", "text", "note", "source_lines") for row in found.components],
        "crosswalk": [
            _values(row, "framework", "text", "source_lines", "item_codes", "not_covered") for row in found.crosswalk
        ],
    }


def _values(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _attribute(attribute: CatalogueAttribute) -> dict[str, Any]:
    return {
        **_values(attribute, "code", "slug", "title", "summary", "source_lines"),
        "quotations": [_values(quotation, "text", "source_lines") for quotation in attribute.quotations],
        "questions": [_question(question) for question in attribute.questions],
    }


def _question(question: CatalogueQuestion) -> dict[str, Any]:
    return {
        **_values(question, "code", "verbatim", "source_lines"),
        "items": [_item(item) for item in question.items],
    }


_FIELDS = ("code", "revision", "kind", "short", "text", "note", "scored", "critical", "na_allowed", "na_condition")
_MORE = ("stakeholder_primary", "audience", "other_allowed", "replaces", "evidence_prompts")


def _item(item: CatalogueItem) -> dict[str, Any]:
    return {
        **_values(item, *_FIELDS, *_MORE),
        "anchors": [{"level": level, "text": text} for level, text in enumerate(item.anchors)],
        "options": [_values(option, "key", "label", "help") for option in item.options],
        "states": [
            {
                **_values(state, "key", "needs_text", "label", "text"),
                "credit": None if state.credit is None else str(state.credit),
            }
            for state in item.states
        ],
        "recommendations": [
            _values(advice, "code", "trigger", "text", "basis_quote", "basis_lines") for advice in item.recommendations
        ],
    }
