"""A process with a draft, and its organiser: those of the answering pages."""

from tests.answering.conftest import as_organiser, assessment, organiser

__all__ = ["as_organiser", "assessment", "organiser"]
