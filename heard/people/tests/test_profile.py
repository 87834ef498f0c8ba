from __future__ import annotations

from heard.accounts.models import User
from heard.people.profile import change_profile
from heard.people.tests.conftest import NOON
from heard.people.tests.events import kinds, last_event
from heard.workspaces.models import Agent


def changed(agent: Agent, **over: str) -> None:
    wanted = {"name": "Bea", "language": "en", "time_zone": "UTC", "theme": "system", **over}
    theme = User.Theme(wanted.pop("theme"))
    change_profile(agent, **wanted, theme=theme, now=NOON)


def test_a_person_changes_name_language_zone_and_look(bea: Agent) -> None:
    changed(bea, name="Beata", language="cs", time_zone="Europe/Prague", theme="dark")

    agent = Agent.objects.select_related("user").get(pk=bea.pk)
    assert (agent.name, agent.user.name) == ("Beata", "Beata")
    assert (agent.user.language, agent.user.time_zone, agent.user.theme) == ("cs", "Europe/Prague", "dark")
    assert last_event() == ("ProfileChanged", {"changed": ["name", "language", "time_zone", "theme"]})


def test_saving_the_same_again_leaves_no_event(bea: Agent) -> None:
    changed(bea)

    assert kinds() == []
