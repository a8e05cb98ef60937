"""Use cases of the plumbing; the only writers of its tables."""
