"""Texts of question sets, by their keys."""

from attributes.documents.documents import Document
from attributes.documents.translating import put_words, texts_of


def put_text(document: Document, key: str, language: str, words: str) -> None:
    """Set a text in one language, or take it out where `words` is empty."""
    put_words(document, next(entry for entry in texts_of(document) if entry.key == key), language, words)
