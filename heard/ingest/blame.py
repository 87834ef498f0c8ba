"""Whose fault is an error? The database's: then everything waits for it. The fact's: then it alone does."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

# SQLSTATE class of "program limit exceeded": a text too long to index, say. PostgreSQL counts it among
# the operational errors, yet the next try would end the same way.
PROGRAM_LIMIT = "54"


def is_the_databases(error: Exception) -> bool:
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return not state.startswith(PROGRAM_LIMIT)


def in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".replace("\x00", "")[:1000]
