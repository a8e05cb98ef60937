"""A believable province to try everything in: made-up people, companies and officers, built through services.

Nobody here is real. Identity numbers use division 329900, which doesn't exist.
"""
