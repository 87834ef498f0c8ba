"""Bring the database and the static files up to date."""

from __future__ import annotations

import argparse

from heard.commands.django_ready import make_ready

HIDDEN = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")


def run(arguments: argparse.Namespace) -> int:
    make_ready()
    bring_up_to_date(quiet=arguments.quiet)
    return 0


def bring_up_to_date(*, quiet: bool) -> None:
    """Run what has not run yet. Django has to be ready."""
    from django.core.management import call_command

    loud = 0 if quiet else 1
    call_command("migrate", interactive=False, verbosity=loud, skip_checks=True)
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
