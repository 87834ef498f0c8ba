"""Django's sessions in the database, read by one plain statement: every page and fragment begins with it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone


class SessionStore(db.SessionStore):
    asked: ClassVar = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.asked, (self.session_key, timezone.now()))
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        read: dict[str, Any] = self.decode(found[0])
        return read
