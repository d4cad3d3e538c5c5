"""What stands in the audit trail, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.vocabulary import KIND_LABELS, Role, Visibility

SENTENCES: dict[str, Promise] = {
    "login.succeeded": _("signed in"),
    "login.failed": _("wrong password at sign-in"),
    "logout.done": _("signed out"),
    "account.created": _("created an account"),
    "account.added": _("made an account for somebody"),
    "account.deleted": _("deleted their account"),
    "account.erased": _("erased somebody's account"),
    "account.data_taken": _("downloaded what is stored of somebody"),
    "account.flags_changed": _("roles on the site were changed"),
    "password.set": _("set a password"),
    "password.changed": _("changed their password"),
    "password.reset": _("chose a new password by a link"),
    "password.reset_sent": _("had a link to choose a new password sent to somebody"),
    "email.changed": _("changed their e-mail address"),
    "factor.added": _("added a second factor"),
    "factor.removed": _("removed a second factor"),
    "factor.renewed": _("renewed recovery codes"),
    "factor.failed": _("wrong code at sign-in"),
    "wording.saved": _("changed what respondents read around the questions"),
    "wording.checked": _("confirmed a translation of what respondents read"),
    "trail.downloaded": _("downloaded the audit trail"),
    "access.denied": _("was refused a page"),
    "process.created": _("described a process"),
    "process.edited": _("changed the description of a process"),
    "process.deleted": _("deleted a process"),
    "member.invited": _("invited somebody to a process"),
    "member.role_changed": _("changed the role of a member"),
    "member.removed": _("removed a member"),
    "member.left": _("left a process"),
    "invitation.accepted": _("accepted an invitation"),
    "invitation.revoked": _("withdrew an invitation"),
    "screener.saved": _("answered whether the approach fits"),
    "groups.changed": _("changed stakeholder groups"),
    "group.removed": _("removed a stakeholder group"),
    "goal.added": _("added a goal"),
    "goal.edited": _("changed a goal"),
    "goal.deleted": _("deleted a goal"),
    "evidence.added": _("entered a document in the evidence register"),
    "evidence.edited": _("changed an entry of the evidence register"),
    "evidence.offered": _("offered a document of the evidence register again"),
    "evidence.put_away": _("put a document of the evidence register away"),
    "evidence.removed": _("removed a document from the evidence register"),
    "evidence.checked": _("said whether a document of the evidence register is still true"),
    "annual.saved": _("chose what stands on an annual page"),
    "assessment.renamed": _("changed the name of a round"),
    "board.saved": _("wrote what a board paper asks for"),
    "action.made": _("entered an action"),
    "action.changed": _("changed an action"),
    "action.done": _("marked an action as done"),
    "action.dropped": _("dropped an action"),
    "action.reopened": _("opened an action again"),
    "action.carried": _("carried an action over to a later round"),
    "action.published": _("made an action public"),
    "action.hidden": _("made an action not public"),
    "action.moved": _("put an action in another place"),
    "action.deleted": _("deleted an action"),
    "actions.late": _("somebody was told of late actions"),
    "decision.saved": _("wrote down what was decided"),
    "decision.removed": _("took away what was written down as decided"),
    "record.published": _("published a result in the public record"),
    "record.withdrawn": _("withdrew a public record"),
    "record.reply_asked": _("asked a group to reply to a public record"),
    "record.replied": _("a group replied to a public record"),
    "record.reply_answered": _("answered the reply of a group"),
    "record.reply_hidden": _("took the reply of a group off a public record"),
    "record.reply_shown": _("had the reply of a group shown again"),
    "papers.changed": _("changed how papers look"),
    "assessment.started": _("started an assessment"),
    "assessment.submitted": _("submitted an assessment"),
    "assessment.reopened": _("reopened an assessment"),
    "assessment.discarded": _("threw a draft away"),
    "question.given": _("gave a question to a member"),
    "question.taken_back": _("took a question back from a member"),
    "question.due": _("a member was reminded of a question"),
    "rating.asked": _("asked somebody to rate a second time"),
    "rating.accepted": _("began to rate a second time"),
    "rating.declined": _("declined to rate a second time"),
    "rating.withdrawn": _("took the request for a second rating back"),
    "rating.ended": _("ended a second rating that was not finished"),
    "rating.first_finished": _("finished the first ratings"),
    "rating.second_finished": _("finished a second rating"),
    "rating.revealed": _("both ratings were shown to both"),
    "assessment.moved": _("moved an assessment to other questions"),
    "assessment.moved_back": _("moved an assessment back"),
    "review.invited": _("asked somebody to review an assessment"),
    "review.accepted": _("accepted to review an assessment"),
    "review.declined": _("declined to review an assessment"),
    "review.withdrawn": _("ended a review"),
    "review.asked": _("asked the organiser something in a review"),
    "review.answered": _("answered a question of a reviewer"),
    "review.sent": _("sent opinions of a review"),
    "review.changes": _("asked for changes in a review"),
    "review.resubmitted": _("submitted again what is reviewed"),
    "review.replied": _("replied to all proposals of a review"),
    "review.signed": _("signed a review"),
    "review.reopened": _("reopened what was reviewed"),
    "comment.shown": _("decided to show a comment of a stakeholder"),
    "comment.withheld": _("decided not to show a comment of a stakeholder"),
    "wave.launched": _("opened a stakeholder panel"),
    "wave.extended": _("extended a stakeholder panel"),
    "wave.stopped": _("stopped taking answers in a stakeholder panel"),
    "wave.closes_soon": _("had organisers told that a stakeholder panel closes soon"),
    "wave.closed": _("closed a stakeholder panel"),
    "wave.reopened": _("reopened a stakeholder panel"),
    "wave.results_planned": _("said for which day results of a stakeholder panel are planned"),
    "wave.discarded": _("discarded a stakeholder panel"),
    "panel.invited": _("invited stakeholders by mail"),
    "panel.sent_again": _("had invitations of stakeholders sent again"),
    "panel.reminded": _("reminded stakeholders"),
    "panel.thanked": _("thanked everybody who was invited"),
    "panel.mails_planned": _("planned mails to stakeholders"),
    "panel.mail_written": _("changed the text of mails to stakeholders"),
    "panel.links_made": _("made links for stakeholders"),
    "panel.open_link_made": _("made an open link for stakeholders"),
    "panel.link_revoked": _("revoked a link of a stakeholder"),
    "panel.links_revoked": _("revoked links of stakeholders"),
    "paper.return_saved": _("said where sheets of paper are given back"),
    "paper.assistant_named": _("named somebody who enters sheets of paper"),
    "paper.assistant_dismissed": _("took back the link of somebody who enters sheets of paper"),
    "workshop.chosen": _("chose that a stakeholder panel is answered in a workshop"),
    "workshop.left": _("chose that a stakeholder panel is not answered in a workshop"),
    "draft.review_asked": _("asked for a review of a question set"),
    "draft.review_withdrawn": _("withdrew a question set from review"),
    "draft.approved": _("approved a question set"),
    "question_set.published": _("published a question set"),
    "question_set.retired": _("retired a question set"),
}


def sentence(action: str) -> str:
    """What happened, or its code where a newer or older part of the program wrote it."""
    return str(SENTENCES.get(action, action))


DETAILS: dict[str, Promise] = {
    "is_active": _("may sign in"),
    "is_superuser": _("site administrator"),
    "is_staff": _("admin site"),
    "is_question_set_admin": _("question set administrator"),
    "role": _("role"),
    "from": _("from"),
    "to": _("to"),
    "member": _("number of the account"),
    "reviewer": _("number of the reviewer's account"),
    "factor": _("kind"),
    "number": _("number"),
    "wave": _("wave"),
    "path": _("page"),
    "assessment": _("code"),
    "round": _("round"),
    "question_set": _("question set"),
    "kind": _("what it does"),
    "visibility": _("who can see it"),
    "time_zone": _("time zone"),
    "answers": _("answers"),
    "files": _("files"),
    "waves": _("stakeholder panels"),
    "reports": _("reports"),
    "invitation": _("number of the invitation"),
    "record": _("record"),
    "version": _("version"),
    "group": _("group"),
    "state": _("state"),
    "attribute": _("attribute"),
    "codes": _("criteria"),
}
_PLACES = {name: place for place, name in enumerate(DETAILS)}
_WORDS: dict[str, Promise | str] = {**dict(Role.choices), **dict(Visibility.choices), **KIND_LABELS}


def in_words(details: Mapping[str, Any]) -> str:
    """What else is known of an event."""
    words = {True: gettext("yes"), False: gettext("no")}
    parts = []
    # PostgreSQL gives the keys of a JSON object back in an order of its own.
    for name, value in sorted(details.items(), key=lambda entry: _PLACES.get(entry[0], len(_PLACES))):
        if isinstance(value, bool):
            value = words[value]
        elif isinstance(value, list):
            value = " ".join(map(str, value))
        parts.append(f"{DETAILS.get(name, name)}: {_WORDS.get(value, value) if isinstance(value, str) else value}")
    return ", ".join(parts)
