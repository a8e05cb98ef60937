"""Pure rules: signatures, the form of messages, plausible times, silence."""
