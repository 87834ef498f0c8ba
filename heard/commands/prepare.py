"""Make everything ready for the first page and print where to sign in. A part of `heard up`."""

from __future__ import annotations

import argparse
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from heard.commands import CannotRun
from heard.commands.django_ready import make_ready
from heard.env import env

if TYPE_CHECKING:
    from heard.accounts.models import User

HIDDEN = True
SANDBOX_WITHIN_SECONDS = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="with the demo workspace")
    parser.add_argument("--again", action="store_true", help="this version has made it before")


def run(arguments: argparse.Namespace) -> int:
    make_ready()
    user = _demo_admin(again=arguments.again) if arguments.demo else _first_admin()
    print(env().public_url if user is None else _sign_in_link(user))
    return 0


def _sign_in_link(user: User) -> str:
    from django.utils import timezone

    from heard.accounts.sign_in_links import issue

    # Opened from the terminal by whoever started us: the page need not ask once more.
    return issue(user, now=timezone.now(), public_url=env().public_url) + "#now"


def _demo_admin(*, again: bool) -> User:
    from django.utils import timezone

    from heard.demo.seed import seed

    _wait_for_the_sandbox()
    return seed(now=timezone.now(), sandbox_url=env().sandbox_url, again=again)


def _wait_for_the_sandbox() -> None:
    """The demo inboxes take their keys from the sandbox, which starts beside us."""
    address = urlsplit(env().sandbox_url)
    until = time.monotonic() + SANDBOX_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection((address.hostname or "", address.port or 80), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise CannotRun(f"The sandbox does not answer at {env().sandbox_url}.")


def _first_admin() -> User | None:
    """Return the first admin, made if there is nobody. None as soon as anybody has signed in."""
    from heard.accounts.models import User

    if not User.objects.exists():
        return _make_first_admin()
    waiting = User.objects.filter(is_active=True, agent__role="admin").order_by("pk").first()
    return waiting if waiting and not User.objects.filter(last_login__isnull=False).exists() else None


def _make_first_admin() -> User:
    from django.db import transaction
    from django.utils import timezone

    from heard.accounts.models import User
    from heard.workspaces.create import add_agent, create_workspace
    from heard.workspaces.models import Agent

    found = env()
    with transaction.atomic():
        workspace = create_workspace(
            "My company", slug="main", now=timezone.now(), language=found.language, time_zone=found.time_zone
        )
        user = User.objects.create_user("admin@localhost", name="Admin", language=found.language)
        add_agent(workspace, user, name="Admin", role=Agent.Role.ADMIN)
    return user
