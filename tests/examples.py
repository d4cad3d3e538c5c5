"""How many examples property tests try: one profile for each purpose, none of which a test file overrides."""

import os

from hypothesis import settings

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
WHOLE = 100  # examples of a property in a full run, unless its file asks for more or fewer
QUICK = 15

# No deadline: on a busy machine it would measure the neighbours. In CI always the same examples, so that a failure
# is about the change; at home always new ones, so that they find something. `dev.py test --fast` chooses "dev".
settings.register_profile("ci", deadline=None, max_examples=WHOLE, derandomize=True)
# Both say so themselves: where CI is set, Hypothesis would choose "always the same" for every profile.
settings.register_profile("home", deadline=None, max_examples=WHOLE, derandomize=False)
settings.register_profile("dev", deadline=None, max_examples=QUICK, derandomize=False)
# What a second database sees of what the first saw whole.
settings.register_profile("few", deadline=None, max_examples=QUICK, derandomize=IN_CI)


def examples(number: int) -> int:
    """So many examples in a full run, and the same share of them as of all others in a quick one."""
    return max(1, round(number * settings().max_examples / WHOLE))
