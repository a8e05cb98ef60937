"""Pure decisions of the plumbing: ciphers, back-off, file types; free of Django and of tables."""
