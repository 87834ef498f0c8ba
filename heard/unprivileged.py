"""PostgreSQL refuses to run as root. There it gets a system user of its own that may enter what it needs."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import stat
import struct
import subprocess
from pathlib import Path

NAME = "heard-postgres"

_ACL = "system.posix_acl_access"
_USER_OBJ, _USER, _GROUP_OBJ, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
_SEARCH = 1


class NoUnprivilegedUser(Exception):
    """There is no user to run PostgreSQL as, and none could be made."""


def user() -> pwd.struct_passwd | None:
    """Return the user that PostgreSQL has to run as, or None when we are nobody special ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return _made()


def _made() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise NoUnprivilegedUser(
            f"PostgreSQL does not run as root, and there is no useradd to make the user {NAME}. "
            "Run Heard as another user."
        )
    # Two runs at the same time may both want it: the name decides, not the exit code.
    made = subprocess.run(
        [
            useradd,
            "--system",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            NAME,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise NoUnprivilegedUser(f"The user {NAME} could not be made: {made.stderr.strip()}") from None


def let_in(who: pwd.struct_passwd, folder: Path) -> None:
    """Let this user walk through every folder above `folder`, and nobody else, and not list them."""
    for parent in folder.absolute().parents:
        if not _may_enter(who, parent):
            _open_a_door(who, parent)


def _may_enter(who: pwd.struct_passwd, folder: Path) -> bool:
    found = folder.stat()
    if found.st_mode & stat.S_IXOTH or (found.st_uid == who.pw_uid and found.st_mode & stat.S_IXUSR):
        return True
    entries = _entries(folder)
    # A later chmod of the folder takes the permission out of the mask, and leaves the entry as it was.
    mask = next((may for tag, may, _ in entries if tag == _MASK), 7)
    return any(tag == _USER and owner == who.pw_uid and may & mask & _SEARCH for tag, may, owner in entries)


def _open_a_door(who: pwd.struct_passwd, folder: Path) -> None:
    entries = [entry for entry in _entries(folder) if not (entry[0] == _USER and entry[2] == who.pw_uid)]
    entries = [(tag, may | _SEARCH if tag == _MASK else may, owner) for tag, may, owner in entries]
    entries.append((_USER, _SEARCH, who.pw_uid))
    if not any(tag == _MASK for tag, _, _ in entries):
        group = next(may for tag, may, _ in entries if tag == _GROUP_OBJ)
        entries.append((_MASK, group | _SEARCH, 0xFFFFFFFF))
    packed = b"".join(
        struct.pack("<HHI", *entry) for entry in sorted(entries, key=lambda entry: (entry[0], entry[2]))
    )
    try:
        os.setxattr(folder, _ACL, struct.pack("<I", 2) + packed)
    except OSError as error:
        if error.errno not in (errno.ENOTSUP, errno.EINVAL):
            raise
        # This file system knows no access lists: everybody may pass then, still without listing.
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)


def _entries(folder: Path) -> list[tuple[int, int, int]]:
    """Return the access list of a folder as (tag, permissions, user or group id)."""
    try:
        raw = os.getxattr(folder, _ACL)
    except OSError:
        mode = folder.stat().st_mode
        return [
            (tag, (mode >> shift) & 7, 0xFFFFFFFF)
            for tag, shift in ((_USER_OBJ, 6), (_GROUP_OBJ, 3), (_OTHER, 0))
        ]
    return list(struct.iter_unpack("<HHI", raw[4:]))
