"""The evidence register of a process: its documents, where each is used, and who has opened it."""
