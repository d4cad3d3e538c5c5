"""Mails that came back: read from a mailbox or taken at an address, where whoever runs the site sets one up."""
