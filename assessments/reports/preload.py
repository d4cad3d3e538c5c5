"""Imported by the fork server, and by nothing else: loads the engine, so that every job finds it loaded."""

from assessments.reports import child

child.prepare()
