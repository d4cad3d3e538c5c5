"""A wave that can be answered in Arabic: the shipped questions with every text in Arabic letters."""

from typing import Any

from assessments.models import Wave
from attributes.documents import translating
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests import builders
from tests.builders.panels import open_wave

# A sentence each, so that every text is long enough to be seen, and none has a Latin letter.
QUESTION = "نص بالعربية"


def arabic_set() -> QuestionSet:
    """The shipped set, all of it in Arabic too. The words say nothing."""
    document = builders.shipped_spec().model_dump(mode="json", exclude_defaults=True)
    translating.add_language(document, "ar")
    for number, entry in enumerate(translating.texts_of(document)):
        kept = "".join(slot for slot in ("{resource}", "{process}") if slot in str(entry.texts.get("en", "")))
        translating.put_words(document, entry, "ar", f"{QUESTION} {number} {kept}".strip())
    return store_spec(QuestionSetSpec.model_validate(document | {"version": "1.0.1"}))[0]


def arabic_wave(**fields: Any) -> Wave:
    """Two groups are asked in English and Arabic, and everything the organiser says is said in both."""
    process = builders.process(organiser=builders.user(), name="Northvale forum")
    wave = open_wave(
        ["Government", "Business"],
        assessment=builders.assessment(process, question_set=arabic_set()),
        languages=["en", "ar"],
        notice="The council asks.",
        responsible="The council",
        contact="ask@example.org",
        **fields,
    )
    said = {"notice": "يسأل المجلس.", "process": "منتدى الوادي", "responsible": "المجلس", "organisation": "المجلس"}
    Wave.objects.filter(pk=wave.pk).update(texts={"ar": said})
    for group, name in zip(wave.groups.all(), ("الحكومة", "الأعمال"), strict=True):
        group.names = {"ar": name}
        group.save()
    wave.refresh_from_db()
    return wave
