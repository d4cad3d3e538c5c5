"""The process statement: ten dated facts about how an assessment was made."""
