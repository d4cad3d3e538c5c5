"""The process statement: ten dated facts on how a result came about, read and put into words.

Entered by this door: whoever shows a statement needs no more than what is named here.
"""

from assessments.statement.build import Publication, statement_of, statement_on_page
from assessments.statement.sentences import FactLine, fact_lines

__all__ = ["FactLine", "Publication", "fact_lines", "statement_of", "statement_on_page"]
