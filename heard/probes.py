"""`/healthz`, `/readyz`, `/metrics`: for whoever watches the machines."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
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
        if not _migrated:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        missing = [] if _migrated else ["migrations"]
        if not intake_lives(now=timezone.now()):
            missing.append("worker")
        return missing
    except (DatabaseError, InterfaceError):
        return ["database"]


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
