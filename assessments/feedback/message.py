"""The message of a public result to those who were asked, in two sentences by rule: from the public documents alone."""

from django.utils.safestring import SafeString

from assessments.documents.both_tracks import JointDocument
from assessments.wording.saying import say_marked as say

HIGH = frozenset("LF")


def message_of(joint: JointDocument) -> list[SafeString]:
    """Say how the groups together see the process, on how much they are divided, and that it was the short form."""
    if joint.panel.no_scores:
        return [say(f"feedback.{joint.panel.no_scores}")]
    short = joint.panel.short_form
    told = [] if short is None else [say("short.result", asked=short.asked, total=short.of)]
    return [_levels(joint), _divided(joint), *told]


def _levels(joint: JointDocument) -> SafeString:
    letters = [found.letter for found in joint.panel.attributes if found.letter]
    high = sum(letter[0] in HIGH for letter in letters)
    if not letters:
        return say("feedback.none_rated")
    return say("feedback.high", n=len(letters), high=high)


def _divided(joint: JointDocument) -> SafeString:
    verdicts = [item.verdict for item in joint.panel.items if item.verdict is not None]
    divided, unsure = verdicts.count("divided"), verdicts.count("may_be_divided")
    if not verdicts:
        return say("feedback.not_compared")
    if divided:
        return say("feedback.divided", n=len(verdicts), divided=divided)
    return say("feedback.perhaps_divided" if unsure else "feedback.not_divided", n=len(verdicts), unsure=unsure)
