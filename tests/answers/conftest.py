"""A process with a draft, and its organiser: those of the answering pages."""

from tests.answering.conftest import assessment, organiser

__all__ = ["assessment", "organiser"]
