"""Pages for whoever looks after the site: its state, its people, its audit trail."""
