"""The year of a process on two pages: what was promised, what became of it, what moved, what is promised next."""
