from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations import AddField, CreateModel
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from heard.commands import CannotRun
from heard.commands.migrate import bring_up_to_date
from heard.commands.new_models import made_alone

pytestmark = pytest.mark.django_db


def test_a_database_of_half_the_old_steps_is_refused_with_words_before_anything_is_changed() -> None:
    steps = MigrationRecorder(connection)
    for name in ("0001_tables", "0003_copy"):
        steps.record_unapplied("outbox", name)

    with pytest.raises(CannotRun, match="from before"):
        bring_up_to_date(quiet=True)


def test_a_new_model_is_made_alone_and_those_it_points_at_know_of_it() -> None:
    state = ProjectState()
    CreateModel("Parcel", [("id", models.AutoField(primary_key=True))]).state_forwards("tables", state)
    parcel = state.apps.get_model("tables", "Parcel")
    label = [
        ("id", models.AutoField(primary_key=True)),
        ("parcel", models.ForeignKey("tables.Parcel", models.CASCADE, related_name="labels")),
    ]
    with made_alone():
        CreateModel("Label", label).state_forwards("tables", state)
        assert state.apps.get_model("tables", "Parcel") is parcel
        assert [one.name for one in parcel._meta.related_objects] == ["labels"]
        assert state.apps.get_model("tables", "Label")._meta.get_field("parcel").related_model is parcel

        AddField("Parcel", "weight", models.IntegerField(null=True)).state_forwards("tables", state)
        changed = state.apps.get_model("tables", "Parcel")
        assert changed is not parcel
        assert state.apps.get_model("tables", "Label")._meta.get_field("parcel").related_model is changed
