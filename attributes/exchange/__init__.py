"""Question sets in and out as files: one form for the same content, strict reading, spreadsheets. No database."""
