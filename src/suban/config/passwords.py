"""How passwords are hashed here."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LeanArgon2(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters: 19 MiB, two passes, one lane.

    Django's own (100 MiB, eight lanes) let a few visitors at the sign-in page, who needn't know any
    password, take all memory and both cores of a small machine. Older hashes are renewed at sign-in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
