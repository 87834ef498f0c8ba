from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from heard import probes
from heard.ingest.heartbeat import DEAD_AFTER, note_heartbeat
from heard.ingest.models import Heartbeat
from tests import calls
from tests.cast import NOON, Network


def test_a_living_process_says_so(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.usefixtures("db")
def test_without_a_worker_heard_is_not_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["worker"])

    note_heartbeat(now=timezone.now())
    assert client.get("/readyz").status_code == 200

    Heartbeat.objects.update(at=timezone.now() - DEAD_AFTER - timedelta(seconds=1))
    assert client.get("/readyz").status_code == 503


@pytest.mark.usefixtures("db")
def test_with_a_step_of_the_tables_not_made_heard_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "_migrated", False)
    note_heartbeat(now=timezone.now())
    made = MigrationRecorder.Migration.objects
    assert probes._every_step_is_made()
    made.get(app="facts").delete()
    assert client.get("/readyz").json()["missing"] == ["migrations"]
    assert not probes._migrated


@pytest.mark.usefixtures("db")
def test_a_heartbeat_is_written_now_and_then_only() -> None:
    note_heartbeat(now=NOON)
    note_heartbeat(now=NOON + timedelta(seconds=1))
    assert Heartbeat.objects.get().at == NOON

    note_heartbeat(now=NOON + timedelta(seconds=6))
    assert Heartbeat.objects.get().at == NOON + timedelta(seconds=6)


def test_metrics_count_and_name_nobody(client: Client, facebook: Network) -> None:
    calls.stored(facebook.inbox, calls.comment("c1", "Secret words", at=NOON), now=NOON)

    told = client.get("/metrics").content.decode()

    assert "heard_intake_backlog 1\n" in told
    assert "Secret" not in told
    assert "Acme" not in told
