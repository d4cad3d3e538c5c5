"""Pages of actions, of decisions, and of what a person wants to hear of them."""
