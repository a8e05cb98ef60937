"""Pure Python words that every context shares; nothing here knows Django or a database."""
