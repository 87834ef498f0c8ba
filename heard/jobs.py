"""procrastinate as we use it: its jobs commit and roll back with us, and a dead worker's jobs come back."""

from __future__ import annotations

import logging

from procrastinate import App
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

# Workers show a sign of life every 10 seconds; a job of a dead one is taken over well within a minute.
DEAD_AFTER_SECONDS = 30

log = logging.getLogger(__name__)


def worker_app() -> App:
    """The same tasks on a connection for waiting.

    A second app and not another connector for the first one: a job that defers jobs must do so on
    Django's connection, inside its own transaction.
    """
    working = DjangoApp(
        connector=app.connector.get_worker_connector(),  # type: ignore[attr-defined]
        import_paths=app.import_paths,
        worker_defaults=app.worker_defaults,
    )
    working.tasks = app.tasks
    working.periodic_registry = app.periodic_registry
    return working


async def rescue_stalled(working: App) -> int:
    """Jobs whose worker is gone run again; procrastinate only notices them. Gives how many."""
    stalled = list(await working.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS))
    for job in stalled:
        log.warning("job %s (%s) lost its worker and runs again", job.id, job.task_name)
        await _again(working, job)
    return len(stalled)


async def _again(working: App, job: Job) -> None:
    try:
        await working.job_manager.retry_job(job)
    except UniqueViolation:
        # Another one waits that does the same: this one only stands in its way.
        await working.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
