"""What comments of a wave are about, and what the organiser replied: part of what pages and papers are drawn from."""

from operator import not_

from pydantic import Field

from assessments.documents.values import DocumentPart, SpokenName, Text


class CommentLine(DocumentPart):
    """What a respondent wrote, as it was cleared. `about` is the code of an attribute, or of a question in words.

    `group` is a name, or "" where too few answered in the group to say it; `group_names` says it by language.
    `language` is that of its words, or ""; `translation` is the moderator's.
    """

    about: str
    group: str
    text: str
    language: str = ""
    translation: str = ""
    group_names: Text = Field(default={}, exclude_if=not_)
    of_group = SpokenName("group", "group_names")


class ThemePart(DocumentPart):
    """A theme in the moderator's words, the comments of it that the reader may have, and the organiser's reply.

    `summary` says what people say about it, or "". `comments` is how many comments it gathers, None where that is not
    told. `reply` is "" as long as none is published; `replied_on` and `corrected_on` are days of the first and, where
    it was replaced, of the last published one.
    """

    title: str
    summary: str
    comments: int | None
    reply: str
    replied_on: str | None
    corrected_on: str | None
    quotes: list[CommentLine]
