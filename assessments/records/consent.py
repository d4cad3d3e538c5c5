"""The words to which somebody agrees who publishes a result. They are stored with it as they were shown."""

from django.utils.translation import gettext as _

from assessments.models import Process
from assessments.records.licences import licence
from assessments.vocabulary import Visibility


def consent_lines(process: Process) -> list[str]:
    """Return the sentences, in the language of the page; what they say depends on who may read the process now."""
    return [
        _(
            "The result is published in the public record of this site, for everybody, under an address that stays. "
            "Its answers, evidence links, names of files, comments and steps are in it, the names of those who "
            "submitted, rated and reviewed it, what the board is asked and has decided, the actions marked as public, "
            "and the process statement."
        ),
        _(
            "Of the stakeholder panel only the numbers for the public are in it: no comment, and no figure that could "
            "tell what one person said."
        ),
        _who_reads(process),
        _(
            "Everybody may use and pass on the data under the licence %(licence)s. That cannot be taken back from "
            "those who have them."
        )
        % {"licence": licence().name},
        _("What is published stays as it is, whatever is changed here later. A newer result becomes a new version."),
        _(
            "Stakeholder groups may reply on the record. Nobody here edits what they write, and it stays if the "
            "record is withdrawn."
        ),
        _(
            "The record can be withdrawn with a reason. The data go then; the address says that there was a record, "
            "what it was of, when it was withdrawn, why and by whom."
        ),
    ]


def _who_reads(process: Process) -> str:
    if process.visibility == Visibility.PUBLIC:
        return _("The process is open to everybody already. If it is closed later, the record stays public.")
    return _(
        "The process itself is not open to everybody, and stays so. This one result becomes public all the same: who "
        "finds the record learns the name of the process and its description."
    )


def consent_text(process: Process) -> str:
    """Return the sentences as they are stored."""
    return "\n".join(consent_lines(process))
