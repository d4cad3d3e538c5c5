"""Question sets as files, in an order that never varies."""

import json
from typing import Any

from attributes.documents import yaml_writing
from attributes.documents.canonical import canonical
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec


def document_of(question_set: QuestionSet) -> dict[str, Any]:
    """The document of a stored version in its one form, texts in the order of the set's languages; to be changed."""
    return canonical(question_set.document)


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
