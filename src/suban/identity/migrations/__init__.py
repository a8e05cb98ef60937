"""Schema of identity."""
