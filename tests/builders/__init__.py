"""Smallest valid rows for tests. Each builder takes what matters and makes up the rest.

Here is what nearly every test needs; the modules have the rest, by subject.
"""

from tests.builders.accounts import PASSWORD, user
from tests.builders.processes import answer, answers, assessment, member, process
from tests.builders.question_sets import items, netmundial_spec, question_set, shipped_spec

__all__ = [
    "PASSWORD",
    "answer",
    "answers",
    "assessment",
    "items",
    "member",
    "netmundial_spec",
    "process",
    "question_set",
    "shipped_spec",
    "user",
]
