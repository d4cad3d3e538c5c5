"""What respondents read around the questions, in their own language: one file of words for each.

    with speaking("ar"):
        say("mails.invitation_subject", process=name)

`speaking` makes it the language of everything within: words, questions, dates, numbers, Django's own errors.
"""

from assessments.wording.saying import say, say_later, speaking

__all__ = ["say", "say_later", "speaking"]
