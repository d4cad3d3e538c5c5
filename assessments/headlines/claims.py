"""What a quick check says: letters that are claimed, and nothing that is shown."""

from collections.abc import Mapping

from django.utils.translation import gettext

from assessments.headlines.headline import Headline
from assessments.headlines.sentence import Name, Sentence
from attributes.texts import TextMap


def claims_headline(letters: Mapping[str, str | None], show_first: TextMap | None = None) -> Headline:
    """Return the message of a quick check: `letters` claimed by item, None where it is not known.

    `show_first` is the short name of the item to show first.
    """
    answered = [letter for letter in letters.values() if letter]
    if not answered:
        first = Sentence(gettext("Nothing has been answered yet."))
    else:
        first = Sentence(gettext("This is what is claimed; nothing of it has been shown yet."))
    if show_first:
        second = Sentence(gettext("Show this first: %(item)s."), item=Name.of_text(show_first))
        return Headline(first, second, "only_claims", "show_it")
    unknown = len(letters) - len(answered)
    words = gettext("Not known: %(unknown)s of %(total)s answers.")
    return Headline(first, Sentence(words, unknown=unknown, total=len(letters)), "only_claims", "not_known")
