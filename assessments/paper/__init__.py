"""Questionnaires on paper and in the room: the sheet, codes to type, entry by an assistant, the workshop."""
