"""Tables of the context, in order."""
