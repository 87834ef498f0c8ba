"""`/healthz`, `/readyz`, `/metrics`: for whoever watches the machines."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from django.apps import apps
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from heard.ingest.heartbeat import intake_lives
from heard.ingest.models import RawCall
from heard.outbox.models import Dispatch


def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Everything that it takes to do the work: 200, or 503 and what is missing."""
    missing = _missing()
    return JsonResponse(
        {"status": "ready" if not missing else "not ready", "missing": missing},
        status=503 if missing else 200,
    )


_migrated = False


def _missing() -> list[str]:
    global _migrated
    try:
        _migrated = _migrated or _every_step_is_made() or _nothing_is_planned()
        missing = [] if _migrated else ["migrations"]
        if not intake_lives(now=timezone.now()):
            missing.append("worker")
        return missing
    except (DatabaseError, InterfaceError):
        return ["database"]


def _every_step_is_made() -> bool:
    """By the names of the files: to load them all takes as long as a page takes ten times."""
    made = MigrationRecorder(connection).applied_migrations().keys()
    return all(step in made for app in apps.get_app_configs() for step in _steps(app.label))


def _steps(label: str) -> list[tuple[str, str]]:
    module, _ = MigrationLoader.migrations_module(label)
    try:
        package = import_module(module or "")
    except (ImportError, ValueError):
        return []  # this app has no tables
    return [(label, step.name) for step in iter_modules(package.__path__) if step.name[0] not in "_~"]


def _nothing_is_planned() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format. Counts only: nothing that names a person or a workspace."""
    states = Dispatch.objects.values_list("state").annotate(count=Count("pk"))
    lines = [
        "# HELP heard_intake_backlog Hook calls that are stored and not yet taken in.",
        "# TYPE heard_intake_backlog gauge",
        f"heard_intake_backlog {RawCall.objects.filter(taken_in_at=None).count()}",
        "# HELP heard_dispatches Calls to networks by state.",
        "# TYPE heard_dispatches gauge",
        *(f'heard_dispatches{{state="{state}"}} {count}' for state, count in states),
        "# HELP heard_intake_alive Whether the worker's intake gave a sign of life.",
        "# TYPE heard_intake_alive gauge",
        f"heard_intake_alive {int(intake_lives(now=timezone.now()))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
