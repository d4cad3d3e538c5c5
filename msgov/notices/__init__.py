"""Mails that tell the members of a process what happened in it."""
