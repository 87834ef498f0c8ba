"""Folders for saved replies: a small tree that admins keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from heard.events.publishing import publish
from heard.replies.events import ReplyFolderAdded, ReplyFolderChanged, ReplyFolderRemoved, about_folder
from heard.replies.models import Folder
from heard.replies.rights import stop_unless_admin
from heard.workspaces.models import Agent, Workspace

LONGEST_NAME: Final = 80
DEEPEST: Final = 4
MOST: Final = 300


class BadFolder(Exception):
    """`code` is name, taken, many, deep, circle, unknown or full."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Branch:
    """A folder in the tree, and how deep it lies there."""

    folder: Folder
    depth: int
    path: str


@transaction.atomic
def add_folder(name: str, *, parent: Folder | None, by: Agent, now: datetime) -> Folder:
    """Raises ForAdmins or BadFolder."""
    stop_unless_admin(by)
    there = _locked_tree(by.workspace)
    if len(there) >= MOST:
        raise BadFolder("many")
    folder = Folder(workspace_id=by.workspace_id, name=_named(name), parent=parent)
    _stop_unless_it_fits(folder, there)
    _save(folder)
    publish(ReplyFolderAdded(**about_folder(folder, now=now, by=by)))
    return folder


@transaction.atomic
def change_folder(folder: Folder, *, name: str, parent: Folder | None, by: Agent, now: datetime) -> None:
    """Name it otherwise, or hang it elsewhere with all that lies in it. Raises ForAdmins or BadFolder."""
    stop_unless_admin(by)
    there = _locked_tree(by.workspace)
    folder.name, folder.parent = _named(name), parent
    _stop_unless_it_fits(folder, there)
    _save(folder)
    publish(ReplyFolderChanged(**about_folder(folder, now=now, by=by)))


@transaction.atomic
def remove_folder(folder: Folder, *, by: Agent, now: datetime) -> None:
    """The replies in it move up. One with folders in it stays. Raises ForAdmins or BadFolder."""
    stop_unless_admin(by)
    _locked_tree(by.workspace)
    if folder.folders.exists():
        raise BadFolder("full")
    event = ReplyFolderRemoved(**about_folder(folder, now=now, by=by))
    folder.replies.update(folder=folder.parent)
    folder.delete()
    publish(event)


def tree(folders: Iterable[Folder]) -> list[Branch]:
    """As a list to be read from top to bottom."""
    below: dict[int | None, list[Folder]] = {}
    for folder in sorted(folders, key=lambda one: (one.name.casefold(), one.pk)):
        below.setdefault(folder.parent_id, []).append(folder)
    return list(_walk(below, None, 0, ""))


def within(folder: Folder, branches: Iterable[Branch]) -> set[int]:
    """The ids of this folder and of all below it."""
    found: set[int] = set()
    for branch in branches:
        if branch.folder.pk == folder.pk or branch.folder.parent_id in found:
            found.add(branch.folder.pk)
    return found


def _walk(
    below: Mapping[int | None, list[Folder]], parent: int | None, depth: int, path: str
) -> Iterable[Branch]:
    for folder in below.get(parent, ()):
        here = f"{path} / {folder.name}" if path else folder.name
        yield Branch(folder, depth, here)
        yield from _walk(below, folder.pk, depth + 1, here)


def _locked_tree(workspace: Workspace) -> dict[int, Folder]:
    """Two moves at the same moment could make a circle that neither of them sees."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    return {folder.pk: folder for folder in Folder.objects.filter(workspace=workspace)}


def _named(name: str) -> str:
    # The stroke stands between folders in files that are exported.
    plain = " ".join(name.replace("\x00", "").replace("/", " ").split())
    if not plain or len(plain) > LONGEST_NAME:
        raise BadFolder("name")
    return plain


def _stop_unless_it_fits(folder: Folder, there: Mapping[int, Folder]) -> None:
    above, depth = folder.parent_id, 1
    while above is not None:
        if above not in there:
            raise BadFolder("unknown")
        if above == folder.pk:
            raise BadFolder("circle")
        above, depth = there[above].parent_id, depth + 1
    if depth + _height(folder.pk, there) > DEEPEST:
        raise BadFolder("deep")


def _height(pk: int | None, there: Mapping[int, Folder]) -> int:
    """How many folders lie below each other in this one."""
    below = [one.pk for one in there.values() if pk is not None and one.parent_id == pk]
    return max((1 + _height(one, there) for one in below), default=0)


def _save(folder: Folder) -> None:
    try:
        with transaction.atomic():
            folder.save()
    except IntegrityError as error:
        raise BadFolder("taken") from error
