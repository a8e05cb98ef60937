"""One whole journey over HTTP against a running site, in all roles: the smoke test of an installation.

Nothing here names a matter: which one, and what is written in its form, comes from the accounts file; how
each material is given comes from the API's own list.
"""
