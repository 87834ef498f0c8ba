from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from heard.commands import CannotRun
from heard.commands.migrate import bring_up_to_date

pytestmark = pytest.mark.django_db


def test_a_database_of_half_the_old_steps_is_refused_with_words_before_anything_is_changed() -> None:
    steps = MigrationRecorder(connection)
    for name in ("0001_tables", "0003_copy"):
        steps.record_unapplied("outbox", name)

    with pytest.raises(CannotRun, match="from before"):
        bring_up_to_date(quiet=True)
