"""From a draft to a version: review, approval by a second person, publication. And retiring."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attributes.documents import documents
from attributes.documents.documents import Document, Problem
from attributes.documents.history import problems_with_history, version_key
from attributes.documents.versioning import Verdict, assess, with_revisions
from attributes.editor.services.drafts import problems_of
from attributes.editor.services.notes import add_note
from attributes.exceptions import DraftNotOpen, DraftRefused, QuestionSetConflictError
from attributes.loading import Provenance, lock_versions, store_spec, stored_documents
from attributes.models import Draft, DraftNote, DraftStatus, QuestionSet, VersionStatus
from attributes.signals import question_set_event
from attributes.texts import plain_lines
from attributes.versions.services.review_mail import tell

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from msgov.accounts.models import User


@dataclass(frozen=True)
class DraftReview:
    """A draft as it would be published now."""

    # With its version and the revisions of its items.
    document: Document
    # What changes against the base; None for a new question set.
    verdict: Verdict | None
    problems: list[Problem]
    # Versions published after the base: what they changed is not in this draft.
    newer: list[str]

    @property
    def version(self) -> str:
        """The version it becomes."""
        return str(self.document["version"])

    @property
    def changes_nothing(self) -> bool:
        """Whether it is the same as its base."""
        return self.verdict is not None and not self.verdict.changes


def review_of(draft: Draft) -> DraftReview:
    """What publishing a draft would do, and what keeps it from being done. Reads every version of the set."""
    versions = stored_documents(draft.slug)
    base = versions.get(draft.base.version) if draft.base else None
    declared = declarations(draft)
    document = with_revisions(draft.content, base, declared=declared, earlier=versions.values(), born=draft.spent_codes)
    verdict = assess(base, draft.content, declared) if base else None
    problems = problems_of(document)
    if verdict is None or verdict.changes:
        problems += problems_with_history(
            document, versions.values(), base=base, declared=declared, born=draft.spent_codes
        )
    above = [version for version in versions if base and version_key(version) > version_key(base["version"])]
    return DraftReview(
        document,
        verdict,
        list(dict.fromkeys(problems)),
        sorted(above, key=version_key),
    )


def declarations(draft: Draft) -> dict[str, str]:
    """What editors said of changed wording, by address; not of words that were changed again since."""
    found = {}
    for where, said in draft.declared.items():
        try:
            part = documents.part(draft.content, documents.address(where))
        except KeyError:
            continue
        if said["of"] == documents.fingerprint(part):
            found[where] = said["as"]
    return found


def seen(draft: Draft) -> str:
    """Stands for what a reviewer saw: equal as long as nothing of it changed."""
    return documents.fingerprint([draft.content, draft.changelog, draft.declared])


def needs_approval() -> bool:
    """Whether there is a second administrator who has to agree."""
    return _admins().count() > 1


def _admins() -> "QuerySet[User]":
    return get_user_model().objects.filter(is_question_set_admin=True, is_active=True)


def _locked(draft: Draft, *states: DraftStatus) -> Draft:
    """The draft as stored, locked; raises DraftNotOpen where it is gone or in another state."""
    found: Draft | None = Draft.objects.select_for_update(of=("self",)).with_base().filter(pk=draft.pk).first()
    if found is None:
        raise DraftNotOpen(_("This draft is gone: it was published or discarded meanwhile."))
    if found.status not in states:
        raise DraftNotOpen(
            _("Somebody else changed the state of this draft meanwhile. It is now: %(state)s.")
            % {"state": found.get_status_display()}
        )
    return found


@transaction.atomic
def save_notes(
    *, draft: Draft, user: "User", changelog: str, started_from: str, declared: dict[str, str], of: str
) -> Draft:
    """Store the changelog and what is said of changed wording ("spelling", "wording"; by address).

    `started_from` is the changelog that the page showed, `of` the fingerprint of the content it spoke of. Raises
    DraftNotOpen, and DraftRefused where somebody else wrote another changelog or other content meanwhile.
    """
    row = _locked(draft, DraftStatus.EDITING)
    if declared != declarations(row) and of != documents.fingerprint(row.content):
        raise DraftRefused(_("The draft was changed since this page was shown. Look at what changed and choose again."))
    changelog, started_from = plain_lines(changelog), plain_lines(started_from)
    if row.changelog not in (started_from, changelog):
        raise DraftRefused(
            _("Somebody else wrote a changelog meanwhile: %(text)s") % {"text": row.changelog}, "changelog"
        )
    row.changelog = changelog
    row.declared = {
        where: {"as": said, "of": documents.fingerprint(documents.part(row.content, documents.address(where)))}
        for where, said in declared.items()
    }
    row.updated_by, row.updated_at = user, timezone.now()
    row.save(update_fields=["changelog", "declared", "updated_by", "updated_at"])
    return row


@transaction.atomic
def ask_for_review(*, draft: Draft, user: "User", link: str) -> Draft:
    """Close a draft for editing and ask the other administrators (by mail, with `link`) to look at it.

    Raises DraftNotOpen, and DraftRefused while it has problems, changes nothing or has no changelog.
    """
    row = _locked(draft, DraftStatus.EDITING)
    if not row.changelog.strip():
        raise DraftRefused(_("Say what changed: people who use this question set will read it."), "changelog")
    review = review_of(row)
    _refuse_unfit(review)
    row.status = DraftStatus.IN_REVIEW
    row.review_asked_by, row.review_asked_at = user, timezone.now()
    row.approved_by, row.approved_at = None, None
    _save_state(row)
    _announce("draft.review_asked", row, user, review.version)
    tell(_admins().exclude(pk=user.pk), "review_asked", draft=row, person=user, version=review.version, link=link)
    return row


def _refuse_unfit(review: DraftReview) -> None:
    if review.problems:
        raise DraftRefused(_("There are still problems in this draft."), problems=review.problems)
    if review.changes_nothing:
        raise DraftRefused(_("Nothing has changed: there is nothing to publish."))


def _save_state(row: Draft) -> None:
    row.save(update_fields=["status", "review_asked_by", "review_asked_at", "approved_by", "approved_at"])


def _announce(action: str, row: Draft, user: "User", version: str = "") -> None:
    details = {"slug": row.slug} | ({"version": version} if version else {})
    question_set_event.send(sender=Draft, action=action, user=user, obj=row, details=details)


@transaction.atomic
def leave_note(*, draft: Draft, user: "User", text: str, place: str, link: str) -> DraftNote:
    """Leave a note on a draft, and tell whoever asked for the review by mail. Raises DraftRefused."""
    note = add_note(draft=draft, user=user, text=text, place=place)
    asked_by = draft.review_asked_by
    if asked_by is not None and asked_by.pk != user.pk:
        tell([asked_by], "review_note", draft=draft, person=user, note=note, link=link)
    return note


@transaction.atomic
def withdraw_review(*, draft: Draft, user: "User") -> Draft:
    """Open a draft for editing again. An approval is void. Raises DraftNotOpen where it is open or gone."""
    row = _locked(draft, DraftStatus.IN_REVIEW, DraftStatus.APPROVED)
    row.status = DraftStatus.EDITING
    row.review_asked_by = row.review_asked_at = row.approved_by = row.approved_at = None
    _save_state(row)
    _announce("draft.review_withdrawn", row, user)
    return row


@transaction.atomic
def approve(*, draft: Draft, user: "User", what: str, link: str) -> Draft:
    """Agree, as a second person, to what was seen (`what`: the value of `seen`), and tell who asked by mail.

    Raises DraftNotOpen, and DraftRefused for one's own request and where the draft is no longer what was seen.
    """
    row = _locked(draft, DraftStatus.IN_REVIEW)
    if row.review_asked_by_id == user.pk:
        raise DraftRefused(_("You asked for this review yourself: another administrator has to approve."))
    _refuse_unseen(row, what)
    row.status = DraftStatus.APPROVED
    row.approved_by, row.approved_at = user, timezone.now()
    _save_state(row)
    _announce("draft.approved", row, user)
    if row.review_asked_by is not None:
        tell([row.review_asked_by], "review_approved", draft=row, person=user, link=link)
    return row


def _refuse_unseen(row: Draft, what: str) -> None:
    if what != seen(row):
        raise DraftRefused(_("The draft was changed since this page was shown. Look at it again."))


@transaction.atomic
def publish(*, draft: Draft, user: "User", what: str) -> QuestionSet:
    """Make a draft the version it becomes, delete the draft, and tell who asked for the review.

    `what` is the value of `seen` that the page showed. Everything is checked again against what is stored now.
    Raises DraftNotOpen (also when somebody else was faster) and DraftRefused.
    """
    row = _locked(draft, DraftStatus.IN_REVIEW, DraftStatus.APPROVED)
    _refuse_unseen(row, what)
    _refuse_unapproved(row)
    lock_versions(row.slug)
    review = review_of(row)
    _refuse_unfit(review)
    provenance = Provenance(
        based_on=row.base.version if row.base else "",
        changelog=row.changelog,
        published_by_name=user.get_full_name()[:150],
        approved_by_name=row.approved_by.get_full_name()[:150] if row.approved_by else "",
        translated_from=row.translated_from,
    )
    spec = documents.checked(review.document)
    try:
        question_set, created = store_spec(
            spec, provenance=provenance, declared=declarations(row), born=row.spent_codes
        )
    except QuestionSetConflictError as error:
        raise DraftRefused(str(error)) from error
    if not created:
        raise DraftRefused(_("Version %(version)s was published meanwhile.") % {"version": spec.version})
    asked_by = row.review_asked_by
    row.delete()
    details = {"slug": spec.slug, "version": spec.version, "digest": question_set.digest, "draft": draft.code}
    question_set_event.send(
        sender=QuestionSet, action="question_set.published", user=user, obj=question_set, details=details
    )
    if asked_by is not None and asked_by.pk != user.pk:
        tell([asked_by], "version_published", question_set=question_set, person=user)
    return question_set


def _refuse_unapproved(row: Draft) -> None:
    if not needs_approval():
        return
    if row.status != DraftStatus.APPROVED:
        raise DraftRefused(_("Another administrator has to approve this draft first."))
    approver = row.approved_by
    if approver is None or not (approver.is_active and approver.edits_question_sets):
        raise DraftRefused(
            _("Whoever approved this is no longer a question set administrator. Take it back and ask again.")
        )


@transaction.atomic
def retire_version(*, question_set: QuestionSet, user: "User") -> bool:
    """Take a version out of use for new assessments; those that use it keep it. False if it was done before."""
    row = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    if row.status != VersionStatus.PUBLISHED:
        return False
    row.retire()
    question_set_event.send(
        sender=QuestionSet,
        action="question_set.retired",
        user=user,
        obj=row,
        details={"slug": row.slug, "version": row.version},
    )
    return True
