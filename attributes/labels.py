"""Words for the closed vocabularies. Apart from `kinds`, which stays free of Django."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attributes.kinds import Beside, Kind, KindOfProcess

KIND_LABELS: dict[Kind, Promise] = {
    Kind.RATING: _("Rating"),
    Kind.COVERAGE_CHECKLIST: _("Checklist"),
    Kind.BARRIER_CHECKLIST: _("Checklist of barriers"),
    Kind.JUSTIFIED_YES_NO: _("Yes or no, with justification"),
    Kind.DIAGNOSIS_CHECKLIST: _("Description of barriers"),
    Kind.OPEN_TEXT: _("In your own words"),
}
# Two meanings of "kind": this is what a process does, the other how an item is answered.
PROCESS_KIND_LABELS: dict[KindOfProcess, Promise] = {
    KindOfProcess.DECIDES: _("Decides"),
    KindOfProcess.RECOMMENDS: _("Recommends"),
    KindOfProcess.SETS_STANDARDS: _("Sets standards"),
    KindOfProcess.DIALOGUES: _("Holds a dialogue"),
}
BESIDE_LABELS: dict[Beside, Promise] = {
    Beside.GROUPS: _("Its stakeholder groups"),
    Beside.GOALS: _("Its goals"),
}
