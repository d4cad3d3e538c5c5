"""Shows that nothing changed: writes down what the whole application answers, and compares two such recordings.

    python -m tests.unchanged record FOLDER
    python -m tests.unchanged compare FOLDER_A FOLDER_B [--loose] [--by-file] [--known FILE]

A recording makes a throw-away site with the demonstration, lets people of every kind use it, and writes every answer
into a text file: pages as trees, forms sent in several ways, files, PDFs, mails, what commands print. The clock is
fixed and random numbers are seeded, so two recordings of the same code are the same to the byte. It depends on
addresses, commands, models and settings only, so the same package can be put beside older code
(`cp -r tests/unchanged OLDER/tests/`) and run there.

`compare` shows every difference once, with a mark; a file of marks (`--known`), each with a reason behind it, leaves
out what is explained. Fingerprints of the pictures of PDF pages differ between machines: record both on the same one.
"""
