"""Passwords as they are stored: argon2id with the library's recommended cost."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """Return what is stored in place of a password."""
    return _HASHER.hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Say whether the password is the stored one; takes as long where none is stored, on purpose."""
    try:
        _HASHER.verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_stale(stored: str) -> bool:
    """Say whether the hash was made at a lower cost than today's."""
    return _HASHER.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
