"""Use cases of the engine; the only writers of its tables."""
