"""A coming version of the shipped question set, for the editor, the differences and the review to have something."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assessments.demo.spec import DemoPart
from attributes.documents import documents
from attributes.documents.documents import Address
from attributes.editor.services import structure
from attributes.editor.services.drafts import save_part, start_draft
from attributes.languages.services import Typed, add_language, entries_of, save_translations
from attributes.models import Draft, QuestionSet
from attributes.versions.services import publishing

if TYPE_CHECKING:
    from msgov.accounts.models import User

FILE = Path(__file__).parent / "drafts" / "attributes.yaml"


class PartSpec(DemoPart):
    """The words of an item; `anchors` in English, lowest first. What is empty stays as it is."""

    short: dict[str, str] = {}
    text: dict[str, str] = {}
    anchors: list[str] = []


class TranslationsSpec(DemoPart):
    """Translations by page and key."""

    language: str
    groups: dict[str, dict[str, str]]


class DraftSpec(DemoPart):
    """A whole file."""

    base: str
    changelog: str
    reworded: dict[str, PartSpec]
    split: dict[str, list[str]]
    parts: dict[str, PartSpec]
    translations: TranslationsSpec


def seed_draft(*, user: "User", slug: str) -> Draft | None:
    """Start the draft; None where the set has a draft or a later version, or the version it starts from is missing."""
    spec = DraftSpec.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    versions = list(QuestionSet.objects.filter(slug=slug))
    if [row.version for row in versions] != [spec.base] or Draft.objects.filter(slug=slug).exists():
        return None
    draft = start_draft(user=user, base=versions[0], summary=f"Started from version {spec.base}")
    for code, part in spec.reworded.items():
        _write(draft, user, code, part)
    for code, into in spec.split.items():
        structure.split_item(draft=draft, user=user, code=code, into=into)
    for code, part in spec.parts.items():
        _write(draft, user, code, part)
    _translate(draft, user, spec.translations)
    publishing.save_notes(
        draft=draft,
        user=user,
        changelog=spec.changelog,
        started_from=draft.changelog,
        declared={},
        of=documents.fingerprint(draft.content),
    )
    return draft


def _write(draft: Draft, user: "User", code: str, words: PartSpec) -> None:
    where = Address("item", code)
    stored = documents.part(draft.content, where)
    value: dict[str, Any] = {**stored, **words.model_dump(include={"short", "text"}, exclude_defaults=True)}
    if words.anchors:
        value["anchors"] = [{"level": level, "text": {"en": text}} for level, text in enumerate(words.anchors)]
    save_part(
        draft=draft,
        user=user,
        where=where,
        value=value,
        started_from=documents.fingerprint(stored),
        summary=f"Item {code}",
    )


def _translate(draft: Draft, user: "User", spec: TranslationsSpec) -> None:
    add_language(draft=draft, user=user, language=spec.language)
    for group, words in spec.groups.items():
        sources = {entry.key: entry.texts["en"] for entry in entries_of(draft, group)}
        typed = [
            Typed(key, text, started_from=documents.fingerprint(""), source=documents.fingerprint(sources[key]))
            for key, text in words.items()
        ]
        save_translations(draft=draft, user=user, language=spec.language, group=group, typed=typed)
