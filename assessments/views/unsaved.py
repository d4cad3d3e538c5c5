"""Forms that could not be saved give back what was typed, here as in the editor of question sets."""

from attributes.views.unsaved import give_back, is_from_here, token_is_wrong, too_much

__all__ = ["give_back", "is_from_here", "token_is_wrong", "too_much"]
