"""From draft to version: nothing unseen, nothing unapproved, nothing twice."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core import mail

from attributes.documents.documents import Address, Document, checked, node
from attributes.editor.services import drafts
from attributes.exceptions import DraftNotOpen, DraftRefused
from attributes.exporting import document_of
from attributes.loading import digest, store_spec
from attributes.models import Draft, DraftStatus, DraftStep, QuestionSet, VersionStatus
from attributes.schema import QuestionSetSpec
from attributes.versions.services import publishing
from msgov.accounts.models import AuditEvent, User
from tests.builders.editor import A1A, LINK, note, reword

Publish = Callable[[Draft, User, User], QuestionSet]


def ask(draft: Draft, user: User) -> Draft:
    publishing.ask_for_review(draft=draft, user=user, link=LINK)
    draft.refresh_from_db()
    return draft


def approve(draft: Draft, user: User) -> Draft:
    publishing.approve(draft=draft, user=user, what=publishing.seen(draft), link=LINK)
    draft.refresh_from_db()
    return draft


def publish_now(draft: Draft, user: User) -> QuestionSet:
    return publishing.publish(draft=draft, user=user, what=publishing.seen(draft))


def test_version_is_what_the_draft_said_and_who_answers_for_it(
    draft: Draft, ada: User, ben: User, publish: Publish
) -> None:
    Draft.objects.filter(pk=draft.pk).update(translated_from={"fr": {"set/title": "x"}})
    version = publish(draft, ada, ben)
    version.refresh_from_db()
    assert (version.slug, version.version, version.status) == ("small", "1.1.0", VersionStatus.PUBLISHED)
    assert (version.based_on, version.changelog) == ("1.0.0", "- Reworded A1a.")
    assert (version.published_by_name, version.approved_by_name) == ("Ben Ruiz", "Ben Ruiz")
    assert version.translated_from == {"fr": {"set/title": "x"}}
    assert version.digest == digest(checked(document_of(version)))
    stored = document_of(version)
    assert (node(stored, A1A)["text"], node(stored, A1A)["revision"]) == ({"en": "Is {resource} looked after?"}, 2)
    assert node(stored, Address("item", "B1a"))["revision"] == 2
    assert not Draft.objects.exists()
    assert not DraftStep.objects.exists()


def test_file_of_the_version_loads_as_the_version(draft: Draft, ada: User, ben: User, publish: Publish) -> None:
    version = publish(draft, ada, ben)
    assert store_spec(checked(document_of(version))) == (version, False)


def test_every_step_is_in_the_audit_trail(draft: Draft, ada: User, ben: User, publish: Publish) -> None:
    ask(draft, ada)
    publishing.withdraw_review(draft=draft, user=ben)
    publish(draft, ada, ben)
    publishing.retire_version(question_set=QuestionSet.objects.get(version="1.0.0"), user=ada)
    events = AuditEvent.objects.filter(action__regex="^(draft|question_set)").order_by("pk")
    assert [(event.action, event.actor) for event in events] == [
        ("draft.review_asked", ada),
        ("draft.review_withdrawn", ben),
        ("draft.review_asked", ada),
        ("draft.approved", ben),
        ("question_set.published", ben),
        ("question_set.retired", ada),
    ]
    published = events[4]
    assert published.details["version"] == "1.1.0"
    assert published.details["draft"] == draft.code


def test_review_needs_a_changelog(draft: Draft, ada: User) -> None:
    note(draft, ada, " \n")
    with pytest.raises(DraftRefused, match="Say what changed") as refused:
        ask(draft, ada)
    assert refused.value.field == "changelog"


def test_review_needs_a_change(draft: Draft, ada: User) -> None:
    drafts.undo(draft=draft, user=ada)
    with pytest.raises(DraftRefused, match="Nothing has changed"):
        ask(draft, ada)


def test_review_needs_a_draft_without_problems(draft: Draft, ada: User) -> None:
    drafts.change(
        draft=draft, user=ada, edit=lambda d: node(d, A1A).pop("anchors"), target="item/A1a", summary="Levels"
    )
    with pytest.raises(DraftRefused) as refused:
        ask(draft, ada)
    (problem,) = refused.value.problems
    assert (str(problem.address), problem.field) == ("item/A1a", "anchors")


def test_draft_in_review_stands_still(draft: Draft, ada: User, ben: User) -> None:
    ask(draft, ada)
    for act in (
        lambda: reword(draft, ben, "Other?"),
        lambda: note(draft, ben, "Other"),
        lambda: drafts.undo(draft=draft, user=ada),
        lambda: ask(draft, ben),
    ):
        with pytest.raises(DraftNotOpen):
            act()


def test_nobody_approves_what_they_asked_for(draft: Draft, ada: User, ben: User) -> None:
    ask(draft, ada)
    with pytest.raises(DraftRefused, match="You asked for this review yourself"):
        approve(draft, ada)
    with pytest.raises(DraftRefused, match="Another administrator has to approve"):
        publish_now(draft, ada)
    assert approve(draft, ben).approved_by == ben
    assert publish_now(draft, ada).approved_by_name == "Ben Ruiz"


def test_only_administrator_publishes_without_approval(draft: Draft, ada: User) -> None:
    User.objects.create_user("former@example.org", is_question_set_admin=True, is_active=False)
    assert not publishing.needs_approval()
    version = publish_now(ask(draft, ada), ada)
    assert (version.published_by_name, version.approved_by_name) == ("Ada Okafor", "")


def test_taking_back_makes_an_approval_void(draft: Draft, ada: User, ben: User) -> None:
    approve(ask(draft, ada), ben)
    publishing.withdraw_review(draft=draft, user=ada)
    draft.refresh_from_db()
    assert (draft.status, draft.approved_by, draft.review_asked_by) == (DraftStatus.EDITING, None, None)
    with pytest.raises(DraftNotOpen):
        publish_now(draft, ada)
    with pytest.raises(DraftRefused, match="has to approve"):
        publish_now(ask(draft, ada), ada)


def test_approval_of_somebody_who_is_no_administrator_any_more_is_void(draft: Draft, ada: User, ben: User) -> None:
    approve(ask(draft, ada), ben)
    User.objects.create_user("cleo@example.org", is_question_set_admin=True)
    ben.is_question_set_admin = False
    ben.save()
    draft.refresh_from_db()
    with pytest.raises(DraftRefused, match="no longer a question set administrator"):
        publish_now(draft, ada)


def test_what_was_not_seen_is_not_approved(draft: Draft, ada: User, ben: User) -> None:
    old = publishing.seen(ask(draft, ada))
    publishing.withdraw_review(draft=draft, user=ada)
    reword(draft, ada, "Is {resource} burnt?")
    ask(draft, ada)
    with pytest.raises(DraftRefused, match="changed since this page was shown"):
        publishing.approve(draft=draft, user=ben, what=old, link=LINK)
    approve(draft, ben)
    with pytest.raises(DraftRefused, match="changed since this page was shown"):
        publishing.publish(draft=draft, user=ben, what=old)


def test_publishing_twice_publishes_once(draft: Draft, ada: User, ben: User) -> None:
    approve(ask(draft, ada), ben)
    again = Draft.objects.get(pk=draft.pk)
    publish_now(draft, ada)
    with pytest.raises(DraftNotOpen, match="published or discarded"):
        publish_now(again, ben)
    assert QuestionSet.objects.count() == 2


def test_version_that_was_published_meanwhile_is_refused(
    draft: Draft, published: QuestionSet, ada: User, ben: User, publish: Publish
) -> None:
    other = drafts.start_draft(user=ben, base=published)
    reword(other, ben, "Is it well?")
    note(other, ben)
    approve(ask(draft, ada), ben)
    publish(other, ben, ada)
    with pytest.raises(DraftRefused) as refused:
        publish_now(draft, ada)
    assert [problem.reason for problem in refused.value.problems] == [
        "1.1.0 was published already. Start a draft from the newest version and make these changes there."
    ]
    assert publishing.review_of(draft).newer == ["1.1.0"]
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_failing_halfway_leaves_everything_as_it_was(
    draft: Draft, ada: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(ask(draft, ada), ben)

    monkeypatch.setattr("attributes.models.question_sets.Item", mock.MagicMock(side_effect=RuntimeError))
    with pytest.raises(RuntimeError):
        publish_now(draft, ada)
    assert QuestionSet.objects.count() == 1
    assert Draft.objects.get().status == DraftStatus.APPROVED


def test_declared_spelling_is_a_patch_as_long_as_the_words_stay(draft: Draft, ada: User, ben: User) -> None:
    note(draft, ada, A1a="spelling")
    draft.refresh_from_db()
    assert publishing.review_of(draft).version == "1.0.1"
    reword(draft, ada, "Is {resource} burnt?")
    assert publishing.declarations(draft) == {}
    assert publishing.review_of(draft).version == "1.1.0"


def test_declared_spelling_is_published_and_builds_on(draft: Draft, ada: User, ben: User, publish: Publish) -> None:
    note(draft, ada, A1a="spelling")
    second = publish(draft, ada, ben)
    assert (second.version, node(document_of(second), A1A).get("revision", 1)) == ("1.0.1", 1)
    third = drafts.start_draft(user=ada, base=second)
    drafts.change(draft=third, user=ada, edit=lambda d: d["title"].update(en="Tiny"), target="set", summary="Title")
    note(third, ada)
    assert publish(third, ada, ben).version == "1.1.0"


def test_declaring_what_was_changed_since_is_refused(draft: Draft, ada: User) -> None:
    with pytest.raises(DraftRefused, match="changed since this page was shown"):
        publishing.save_notes(
            draft=draft,
            user=ada,
            changelog=draft.changelog,
            started_from=draft.changelog,
            declared={"item/A1a": "spelling"},
            of="earlier",
        )


def test_changelog_of_somebody_else_is_not_overwritten(draft: Draft, ada: User, ben: User) -> None:
    with pytest.raises(DraftRefused, match=r"Somebody else wrote a changelog meanwhile: - Reworded A1a\."):
        publishing.save_notes(draft=draft, user=ben, changelog="Mine", started_from="", declared={}, of="")
    draft.refresh_from_db()
    assert draft.changelog == "- Reworded A1a."


def test_new_question_set_becomes_its_first_version(small: Document, ada: User, ben: User, publish: Publish) -> None:
    draft = drafts.start_draft(user=ada, document={**small, "slug": "new", "version": "7.0.0"})
    note(draft, ada, "First version.")
    version = publish(draft, ada, ben)
    assert (version.slug, version.version, version.based_on) == ("new", "1.0.0", "")


def test_item_split_twice_in_one_draft_can_be_published(draft: Draft, ada: User, ben: User, publish: Publish) -> None:
    from attributes.documents.operations import split  # noqa: PLC0415

    for code, into in (("A1b", ["A1c", "A1d"]), ("A1d", ["A1e", "A1f"])):
        drafts.change(
            draft=draft, user=ada, edit=lambda d, c=code, i=into: split(d, c, i), target=code, summary="Split"
        )
    stored = document_of(publish(draft, ada, ben))
    assert node(stored, Address("item", "A1c"))["replaces"] == ["A1b"]


def test_mails_go_to_those_concerned_after_the_change_is_stored(
    draft: Draft, ada: User, ben: User, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.create_user("former@example.org", is_question_set_admin=True, is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        ask(draft, ada)
        assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        approve(draft, ben)
    with django_capture_on_commit_callbacks(execute=True):
        publish_now(draft, ben)
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["ben@example.org"], "[msgov] Please review small 1.1.0"),
        (["ada@example.org"], "[msgov] Approved: the draft of small"),
        (["ada@example.org"], "[msgov] Published: small 1.1.0"),
    ]
    assert LINK in mail.outbox[0].body
    assert "- Reworded A1a." in mail.outbox[0].body
    assert "Ada Okafor asks you" in mail.outbox[0].body


def test_mail_that_cannot_be_sent_stops_nothing(
    draft: Draft, ada: User, ben: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.attributes.versions.test_publishing.BrokenMail"
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(draft, ada).status == DraftStatus.IN_REVIEW


class BrokenMail:
    """A mail server that is down."""

    def __init__(self, **kwargs: Any) -> None:
        pass

    def send_messages(self, messages: list[Any]) -> int:
        raise ConnectionRefusedError


def test_retiring_twice_is_one_event(published: QuestionSet, ada: User) -> None:
    assert publishing.retire_version(question_set=published, user=ada)
    assert not publishing.retire_version(question_set=published, user=ada)
    assert AuditEvent.objects.filter(action="question_set.retired").count() == 1


def test_file_may_bring_what_a_draft_would_become_first(
    draft: Draft, ada: User, ben: User, small: dict[str, Any]
) -> None:
    approve(ask(draft, ada), ben)
    store_spec(QuestionSetSpec.model_validate({**small, "version": "1.1.0"}))
    with pytest.raises(DraftRefused, match="still problems"):
        publish_now(draft, ada)
