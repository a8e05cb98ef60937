"""The law of procedure as pure functions: which act may follow which, what it makes true, and by when."""
