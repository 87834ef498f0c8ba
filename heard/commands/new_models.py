"""Migrations that make a model, without making every other model anew.

While migrations run, Django keeps all models as they are at that step. When one is made, it makes again whatever is
connected with it by any number of steps, and with us that is everything: 4,600 models for 105 tables, ten of the twelve
seconds of a core that an empty database took. A model that is new changes nothing in the others but that they are
pointed at, which they learn as they do when the program itself is loaded. Whatever changes a model that is there
goes Django's way. The tables come out the same: compared by `pg_dump`, on Django 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def made_alone() -> Iterator[None]:
    ProjectState.add_model = _add_model  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.add_model = _as_django_does  # type: ignore[method-assign]


_as_django_does = ProjectState.add_model


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    if "apps" not in self.__dict__ or key in self.models:
        _as_django_does(self, model_state)
        return
    apps = self.__dict__.pop("apps")
    try:
        _as_django_does(self, model_state)  # notes it, and has nothing to make anew
    finally:
        self.__dict__["apps"] = apps
    apps.render_multiple([model_state])
