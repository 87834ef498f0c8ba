"""The secrets of an installation whose operator has set none: made once, kept in the data directory."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path


def read(data: Path, name: str) -> str:
    """Return the kept secret of this name, or nothing when there is none."""
    try:
        return (data / "secrets" / name).read_text().strip()
    except OSError:
        return ""


def ensure_secrets(data: Path) -> None:
    """Make every secret that is not there yet. Those that are there stay as they are.

    Raises OSError when the data directory cannot be written to.
    """
    folder = data / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _keep(folder / "secret_key", secrets.token_urlsafe(48))
    _keep(folder / "credential_keys", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def _keep(file: Path, secret: str) -> None:
    if file.exists():
        return
    # Written beside and renamed, so that a full disk never leaves half a key behind.
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        opened.write(secret + "\n")
        os.fsync(opened.fileno())
    draft.rename(file)
