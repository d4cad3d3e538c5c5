"""How passwords are stored."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass, one lane: the first of the equivalent settings OWASP recommends.

    Django's default takes 100 MiB and eight lanes per login; four logins at once would not fit a small server.
    Passwords stored with other parameters are stored anew at the next login.
    """

    time_cost = 1
    memory_cost = 46 * 1024  # KiB
    parallelism = 1
