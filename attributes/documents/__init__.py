"""Question sets as documents: find, check, change, compare. No Django and no database.

A document is a question set file as plain values, and may be incomplete. Its parts have addresses that survive
moving: "set", "scale", "criteria", "goals", "components", "crosswalk",
"contradictions", "attribute/IT", "question/IT1", "item/IT1a".
"""
