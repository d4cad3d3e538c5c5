"""What a question set says besides its questions: what it quotes, by which criteria the approach fits, which goals and
principles there are."""

from dataclasses import dataclass

from attributes.texts import TextMap


@dataclass(frozen=True)
class CatalogueQuotation:
    """A passage of the source."""

    text: TextMap
    source_lines: str


@dataclass(frozen=True)
class CatalogueCriterion:
    """A condition under which the approach works best."""

    code: str
    text: TextMap
    help: TextMap
    source_lines: str


@dataclass(frozen=True)
class CatalogueGoal:
    """A goal the source offers as shared."""

    code: str
    text: TextMap
    source_lines: str


@dataclass(frozen=True)
class CatalogueComponent:
    """A part of the model as the source describes it."""

    code: str
    text: TextMap
    note: TextMap
    source_lines: str


@dataclass(frozen=True)
class CataloguePrinciple:
    """A principle of another framework, and the items that ask for it."""

    framework: TextMap
    text: TextMap
    source_lines: str
    item_codes: tuple[str, ...]
    not_covered: TextMap
