"""Bring the database and the static files up to date."""

from __future__ import annotations

import argparse

from heard.commands import CannotRun
from heard.commands.django_ready import make_ready

HIDDEN = False
HALF_WAY = (
    "This database was made by a development version from before 0.1.0, whose later steps this version no longer "
    "has. Begin with an empty database (or another --data), or run `heard migrate` of the commit before this one first."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")


def run(arguments: argparse.Namespace) -> int:
    make_ready()
    bring_up_to_date(quiet=arguments.quiet)
    return 0


def bring_up_to_date(*, quiet: bool) -> None:
    """Run what has not run yet. Django has to be ready."""
    from django.core.management import call_command

    _stop_half_way()
    migrate(quiet=quiet)
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)


def migrate(*, quiet: bool) -> None:
    """The tables alone. Django has to be ready."""
    from django.core.management import call_command

    from heard.commands.new_models import made_alone

    with made_alone():
        call_command("migrate", interactive=False, verbosity=0 if quiet else 1, skip_checks=True)


def _stop_half_way() -> None:
    """The tables of before 0.1.0 are taken over when all of their steps were made, and cannot be when some were."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    for step in loader.replacements.values():
        made = [one in loader.applied_migrations for one in step.replaces]
        if any(made) and not all(made):
            raise CannotRun(HALF_WAY)
