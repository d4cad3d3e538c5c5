"""The closed vocabularies of a question set. Standard library only: files, rows and forms all share them."""

from enum import StrEnum


class Kind(StrEnum):
    """How an item is answered."""

    RATING = "rating"
    COVERAGE_CHECKLIST = "coverage_checklist"
    BARRIER_CHECKLIST = "barrier_checklist"
    JUSTIFIED_YES_NO = "justified_yes_no"
    DIAGNOSIS_CHECKLIST = "diagnosis_checklist"
    OPEN_TEXT = "open_text"


# The one option of a yes/no item that names none.
UNNAMED_OPTION = ""
# Kinds that may be asked line by line.
CHECKLIST_KINDS = frozenset(
    {Kind.COVERAGE_CHECKLIST, Kind.BARRIER_CHECKLIST, Kind.JUSTIFIED_YES_NO, Kind.DIAGNOSIS_CHECKLIST}
)
# Kinds that never count: describing a problem must not cost points.
UNSCORED_KINDS = frozenset({Kind.DIAGNOSIS_CHECKLIST, Kind.OPEN_TEXT})


class Audience(StrEnum):
    """Who is asked."""

    BOTH = "both"
    ORGANISER = "organiser"


class Trigger(StrEnum):
    """At which levels of an item a recommendation is shown."""

    NOT_OR_PARTIALLY = "NP"
    LARGELY = "L"


class KindOfProcess(StrEnum):
    """What a process does; items and readings may depend on it."""

    DECIDES = "decides"
    RECOMMENDS = "recommends"
    SETS_STANDARDS = "sets_standards"
    DIALOGUES = "dialogues"


class Beside(StrEnum):
    """What of the process stands beside an item that speaks of it."""

    GROUPS = "groups"
    GOALS = "goals"


# Answers that are offered without being listed: to an item, or to a line of a checklist.
DONT_KNOW = "dont_know"
NOT_APPLICABLE = "not_applicable"
RESERVED_STATES = frozenset({DONT_KNOW, NOT_APPLICABLE})
# In a contradiction, of an item or a line: no answer yet.
UNANSWERED = "unanswered"

# In texts of a question set: the resource that the process governs is put there.
PLACEHOLDER = "{resource}"
# In texts for participants, where organisers read "we": the name of the process is put there.
PROCESS_PLACEHOLDER = "{process}"
