"""What a wave says in its further languages. What people may have read is never changed; gaps can be filled."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import Wave
from assessments.panels.seen_fields import refuse_replacing
from assessments.panels.wave_texts import SpokenText, spoken_texts
from assessments.vocabulary import WaveState


@transaction.atomic
def save_texts(*, wave: Wave, said: Sequence[tuple[SpokenText, str]], seen: Mapping[str, str] | None = None) -> Wave:
    """Store texts by language; an empty one falls back to the one that was written first. Raises NotAllowed.

    `seen`: marks of what the page showed; Conflict where somebody else has written one of these texts since.
    """
    row = Wave.objects.select_for_update(of=("self",)).select_related("assessment__process").get(pk=wave.pk)
    if row.state == WaveState.CLOSED:
        raise NotAllowed(_("This wave is closed: nobody reads its pages in any language any more."))
    groups = {group.pk: group for group in row.groups.select_for_update()}
    stored = {text.name: text.own for text in spoken_texts(row, list(groups.values()))}
    refuse_replacing(
        stored,
        {text.name: words for text, words in said if text.name in stored},
        seen or {},
        _("Somebody else has changed these texts in the meantime"),
    )
    for text, words in said:
        kept = groups[text.group].names if text.group in groups else row.texts.setdefault(text.language, {})
        key = text.language if text.group else text.kind
        if text.group and text.group not in groups:
            continue  # taken out meanwhile
        if row.state == WaveState.OPEN and kept.get(key):
            continue
        if words:
            kept[key] = words
        else:
            kept.pop(key, None)
    row.texts = {language: texts for language, texts in row.texts.items() if texts}
    row.save(update_fields=["texts"])
    for group in groups.values():
        group.save(update_fields=["names"])
    return row
