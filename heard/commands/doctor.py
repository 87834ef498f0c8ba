"""Check configuration, database and inboxes. Ends with 1 when something is wrong, and says what."""

from __future__ import annotations

import argparse
import difflib
import os
from collections.abc import Callable, Iterable

from heard.commands.django_ready import make_ready
from heard.env import BadEnvironment, env, names, require_secrets
from heard.language.hunspell import HunspellSpeller, library

HIDDEN = False

Check = Callable[[], Iterable[str]]


class Unreachable(Exception):
    """A check cannot go on, and those after it cannot either."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing: the settings say what to look at."""


def run(arguments: argparse.Namespace) -> int:
    healthy = True
    for title, check in DOCTOR_CHECKS:
        try:
            problems, hopeless = list(check()), False
        except Unreachable as stopped:
            problems, hopeless = str(stopped).splitlines(), True
        print(f"{'✗' if problems else '✓'} {title}", *(f"    {problem}" for problem in problems), sep="\n")
        healthy = healthy and not problems
        if hopeless:
            print("The rest cannot be checked before this is mended.")
            break
    for hint in spelling():
        print(f"· {hint}")
    return 0 if healthy else 1


def spelling() -> Iterable[str]:
    """What replies are not checked for here. Everything else works without it, so nothing is wrong."""
    installed = library()
    if installed is None:
        yield "Spelling is not checked: hunspell is not installed (docs/gate.md says how)."
    elif missing := HunspellSpeller(installed).missing:
        yield f"Spelling is not checked in {', '.join(missing)}: dictionaries are missing (docs/gate.md says which)."


def configuration() -> Iterable[str]:
    """Look at what the operator has set."""
    try:
        require_secrets(env())
    except BadEnvironment as bad:
        raise Unreachable("\n".join(bad.problems)) from bad
    known = {*names(), *(f"{name}_FILE" for name in names())}
    for name in sorted(os.environ):
        if name.startswith("HEARD_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            yield f"{name} is not a setting of Heard." + (f" Is {near[0]} meant?" if near else "")


def database() -> Iterable[str]:
    """Reach the database, as somebody who may not do everything."""
    make_ready()
    from django.db import connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            superuser, bypasses = cursor.fetchone()
            version = connection.pg_version  # type: ignore[attr-defined]
    except Exception as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        raise Unreachable(f"It cannot be reached: {reason}") from error
    if superuser or bypasses:
        yield "Its role may do everything. Heard needs one that is no superuser and has no BYPASSRLS."
    if version < 160000:
        yield f"PostgreSQL {version // 10000} is too old, Heard needs 16 or later."


def extensions() -> Iterable[str]:
    """Find what has to be made by a superuser before the migrations."""
    from django.db import connection

    from heard.embedded import EXTENSIONS

    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        there = {name for (name,) in cursor.fetchall()}
    for missing in sorted(set(EXTENSIONS) - there):
        yield f"{missing} is missing. As a superuser: CREATE EXTENSION {missing};"


def migrations() -> Iterable[str]:
    """See whether the tables are those of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield f"{len(waiting)} migrations have not run. Run `heard migrate`."


def inboxes() -> Iterable[str]:
    """See whether each inbox can still speak with its network, as far as we know without asking."""
    from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
    from heard.inboxes.models import Inbox

    # The operator looks after every workspace: no agent asks here.
    for inbox in Inbox.objects.exclude(state=Inbox.State.DISCONNECTED).select_related("workspace", "health"):
        name = f"{inbox.workspace.name}, {inbox.name}"
        if inbox.state == Inbox.State.RECONNECT:
            yield f"{name}: has to be connected again. {inbox.state_reason}".rstrip()
        try:
            credentials_of(inbox)
        except CannotOpen:
            yield f"{name}: its credentials were sealed with a key that is not in HEARD_CREDENTIAL_KEYS."
        except NotConnected:
            yield f"{name}: has no credentials. Connect it again."
        health = getattr(inbox, "health", None)
        if health is not None and health.check_problem:
            yield f"{name}: {health.check_problem}"


# In this order; a check after one that raised Unreachable does not run. Add yours here.
DOCTOR_CHECKS: list[tuple[str, Check]] = [
    ("configuration", configuration),
    ("database", database),
    ("extensions", extensions),
    ("migrations", migrations),
    ("inboxes", inboxes),
]
