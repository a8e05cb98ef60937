"""Plumbing under every context: evidence chain, outbox, files, numbering, calendar, sealing."""
