"""Calls the main function of a module with Django ready, and prints what it returns as JSON.

`python -m tests.inside MODULE [ARGUMENTS…]`: modules that use models can only be imported then.
"""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    json.dump(importlib.import_module(sys.argv[1]).main(*sys.argv[2:]), sys.stdout)
