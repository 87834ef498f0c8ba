"""Everything an operator may set, read once, as one typed object.

Names are the fields in capitals with `HEARD_` before them, and `DATABASE_URL`. Each may also come from a
file, named by the same word with `_FILE` behind it. `docs/operating/settings.md` explains every one.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import os
import re
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import EnvValidationError, FileAwareEnv

from heard import embedded, kept_secrets

LANGUAGES = ("en", "el", "sl", "hu", "cs")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Env:
    """What this installation was told. Secrets stay out of its `repr`."""

    secret_key: str = field(repr=False)
    credential_keys: tuple[str, ...] = field(repr=False)
    database_url: str = field(repr=False)
    public_url: str
    allowed_hosts: tuple[str, ...]
    secure: bool
    proxy_count: int
    data: Path
    outbound_allow: tuple[str, ...]
    sandbox_url: str
    language: str
    time_zone: str
    web_threads: int
    log_level: str
    mail_url: str = field(repr=False)
    mail_from: str
    hook_body_limit: int
    hook_queue: int
    raw_call_days: int
    history_days: int


class BadEnvironment(Exception):
    """The environment cannot be used as it is. `problems` says why, one plain sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@cache
def env() -> Env:
    """Return the settings of this process.

    Raises BadEnvironment with everything that is wrong, not only the first thing.
    """
    reader = _Reader()
    data = Path(reader.text("HEARD_DATA", ".data")).expanduser().absolute()
    public_url = reader.text("HEARD_PUBLIC_URL", "http://127.0.0.1:8000", _web_address).rstrip("/")
    host = urlsplit(public_url).hostname or "127.0.0.1"
    found = Env(
        secret_key=reader.text("HEARD_SECRET_KEY", kept_secrets.read(data, "secret_key"), _long_enough),
        credential_keys=reader.texts(
            "HEARD_CREDENTIAL_KEYS", kept_secrets.read(data, "credential_keys"), _fernet_key
        ),
        database_url=reader.text("DATABASE_URL", embedded.address(data / "postgres"), _postgres_address),
        public_url=public_url,
        allowed_hosts=reader.texts(
            "HEARD_ALLOWED_HOSTS", ",".join(dict.fromkeys([host, "127.0.0.1", "localhost"]))
        ),
        secure=reader.yes_or_no("HEARD_SECURE", public_url.startswith("https://")),
        proxy_count=reader.number("HEARD_PROXY_COUNT", 0, least=0),
        data=data,
        outbound_allow=reader.texts("HEARD_OUTBOUND_ALLOW", "", _host_or_network),
        sandbox_url=reader.text("HEARD_SANDBOX_URL", "", _web_address).rstrip("/"),
        language=reader.text("HEARD_LANGUAGE", "en", _one_of(LANGUAGES)),
        time_zone=reader.text("HEARD_TIME_ZONE", "UTC", _time_zone),
        web_threads=reader.number("HEARD_WEB_THREADS", 8, least=1),
        log_level=reader.text("HEARD_LOG_LEVEL", "INFO", _one_of(LOG_LEVELS)),
        mail_url=reader.text("HEARD_MAIL_URL", "", _mail_address_of_a_server),
        mail_from=reader.text("HEARD_MAIL_FROM", f"heard@{host}"),
        hook_body_limit=reader.number("HEARD_HOOK_BODY_LIMIT", 4 * 1024 * 1024, least=1024),
        hook_queue=reader.number("HEARD_HOOK_QUEUE", 2000, least=1),
        raw_call_days=reader.number("HEARD_RAW_CALL_DAYS", 30, least=1),
        history_days=reader.number("HEARD_HISTORY_DAYS", 30, least=0),
    )
    if reader.problems:
        raise BadEnvironment(reader.problems)
    return found


def require_secrets(found: Env) -> None:
    """Raise BadEnvironment when a secret is missing without which nothing may be served."""
    lacking = {"HEARD_SECRET_KEY": found.secret_key, "HEARD_CREDENTIAL_KEYS": found.credential_keys}
    missing = [f"{name} is not set." for name, value in lacking.items() if not value]
    if missing:
        raise BadEnvironment([*missing, "`heard up` makes both, see docs/operating/settings.md."])


def names() -> list[str]:
    """Return the name of every setting, as an operator writes it."""
    return ["DATABASE_URL" if f.name == "database_url" else f"HEARD_{f.name.upper()}" for f in fields(Env)]


class _Reader:
    """Reads one setting after the other and collects what is wrong with them."""

    def __init__(self) -> None:
        self._source = FileAwareEnv(strip_whitespace=True)
        self.problems: list[str] = []

    def text(self, name: str, default: str, check: Callable[[str], None] | None = None) -> str:
        value = self._read(self._source.str, name, default)
        if value and check is not None:
            self._check(name, value, check)
        return str(value)

    def texts(self, name: str, default: str, check: Callable[[str], None] | None = None) -> tuple[str, ...]:
        items = tuple(item for item in re.split(r"[,\s]+", self.text(name, default)) if item)
        for item in items if check is not None else ():
            assert check is not None
            self._check(name, item, check)
        return items

    def number(self, name: str, default: int, *, least: int) -> int:
        value = int(self._read(self._source.int, name, default))
        if value < least:
            self.problems.append(f"{name} must be {least} or more, it is {value}.")
        return value

    def yes_or_no(self, name: str, default: bool) -> bool:
        return bool(self._read(self._source.bool, name, default))

    def _read(self, read: Callable[..., Any], name: str, default: Any) -> Any:
        if not os.environ.get(name) and not os.environ.get(f"{name}_FILE"):
            return default
        try:
            return read(name)
        except EnvValidationError:
            kind = (
                "a whole number"
                if isinstance(default, int) and not isinstance(default, bool)
                else "yes or no"
            )
            self.problems.append(f"{name} must be {kind}.")
        except ValueError:
            self.problems.append(f"{name}_FILE names a file that cannot be read.")
        return default

    def _check(self, name: str, value: str, check: Callable[[str], None]) -> None:
        try:
            check(value)
        except ValueError as wrong:
            self.problems.append(f"{name} {wrong}")


def _long_enough(value: str) -> None:
    if len(value) < 32:
        raise ValueError("must be 32 characters or longer.")


def _fernet_key(value: str) -> None:
    try:
        length = len(base64.urlsafe_b64decode(value))
    except (binascii.Error, ValueError):
        length = 0
    if length != 32:
        raise ValueError("must be Fernet keys, newest first, with commas between them.")


def _postgres_address(value: str) -> None:
    if urlsplit(value).scheme not in ("postgres", "postgresql"):
        raise ValueError("must start with postgresql://.")


def _web_address(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("must be an address such as https://help.example.com, without a path.")


def _mail_address_of_a_server(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("must be an address such as smtps://user:password@mail.example.com:465.")


def _host_or_network(value: str) -> None:
    if re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", value) and not re.fullmatch(r"[\d.]+", value):
        return
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise ValueError(f"must list hosts or networks such as 10.0.0.0/8, {value} is neither.") from None


def _time_zone(value: str) -> None:
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"must be a time zone such as Europe/Prague, {value} is none.") from None


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}.")

    return check
