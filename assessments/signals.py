"""What happens in processes that somebody may later have to answer for. A leaf: imports nothing of ours.

Services send `process_event` after the write, inside the transaction. Whoever keeps the log listens (the project
connects `msgov.accounts.audit`), so this app does not know how or where it is kept.

    process_event.send(sender=invite, action="member.invited", user=user, obj=process, details={"role": "reviewer"})

Arguments: `action` (str, "noun.verb" in the past tense, at most 40 characters), `user` (who did it, or None),
`obj` (the model instance it was done to, or None), `details` (JSON values; no secrets, no answers).
"""

from django.dispatch import Signal

process_event = Signal()

# After the submission was committed: `assessment`, `result` (the FrozenResult) and `user`. Who draws a report for it
# listens, so that submitting does not have to know about reports.
assessment_submitted = Signal()

# What a transaction wrote about respondents has been committed, and what it left behind in files is to be erased
# (docs/adr/0011). Sent with `closing`: whether a wave was closed.
traces_left = Signal()
