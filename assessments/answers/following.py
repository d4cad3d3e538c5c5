"""Lists that follow another one, line by line: what is said not to exist there need not be answered here."""

from collections.abc import Mapping
from dataclasses import replace

from assessments.answers.value import NOT_APPLICABLE, AnswerContent, OptionContent, canonical
from attributes.catalogue.types import CatalogueDerived, CatalogueItem

NOTHING = OptionContent()


def followed(
    item: CatalogueItem, wanted: AnswerContent, stored: AnswerContent, before: AnswerContent, now: AnswerContent
) -> AnswerContent:
    """Return what is wanted of a list with the lines that follow; `before` and `now` are the answers to the list it
    follows, before this save and after it."""
    if item.derived_from is None or wanted.state == NOT_APPLICABLE:
        return wanted
    options: dict[str, OptionContent] = {
        option.key: _line(
            item.derived_from,
            *(_at(content.options, option.key) for content in (wanted, stored, before, now)),
        )
        for option in item.options
    }
    return canonical(item, replace(wanted, options=options))


def _line(
    rule: CatalogueDerived, line: OptionContent, stored: OptionContent, before: OptionContent, now: OptionContent
) -> OptionContent:
    """One line. What nobody touched stays, a contradiction from an import or an old draft as well: it is named."""
    if now.state == rule.when:
        untouched = line.state and line == stored and now == before
        return line if untouched else OptionContent(rule.then, now.text)
    if before.state == rule.when:
        # What only followed is asked again; words that were given for the other answer are not kept for this one.
        state, text = "" if line.state == rule.then else line.state, "" if line.text == before.text else line.text
        return OptionContent(state, text)
    return line


def lines_that_follow(item: CatalogueItem, content: AnswerContent, lead: AnswerContent) -> frozenset[str]:
    """The keys of the lines that are as they are because of the answer to the list that the item follows."""
    rule = item.derived_from
    if rule is None:
        return frozenset()
    return frozenset(
        key
        for key, line in lead.options.items()
        if line.state == rule.when and _at(content.options, key).state == rule.then
    )


def _at(options: Mapping[str, OptionContent], key: str) -> OptionContent:
    return options.get(key, NOTHING)
