"""How often somebody asked lately, for all processes together."""

from __future__ import annotations

from django.db import models


class Bucket(models.Model):
    """No workspace: who asks too often is nobody's customer yet.

    The table is unlogged: no count waits for a disk. After a crash of PostgreSQL all begin anew, which errs on
    the side of answering.
    """

    key = models.CharField(max_length=120, primary_key=True)
    count = models.IntegerField(default=1)
    until = (
        models.DateTimeField()
    )  # then it is as if nobody had ever asked; no index, it changes with every count
