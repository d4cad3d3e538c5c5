"""What happens to question sets that somebody may later have to answer for. A leaf: imports nothing of ours.

Services send `question_set_event` after the write, inside the transaction; whoever keeps the log listens.

    question_set_event.send(sender=publish, action="question_set.published", user=user, obj=version, details={…})

Arguments: `action` (str, "noun.verb" in the past tense, at most 40 characters), `user` (who did it, or None),
`obj` (the model instance it was done to, or None), `details` (JSON values).
"""

from django.dispatch import Signal

question_set_event = Signal()
