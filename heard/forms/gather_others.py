"""Once a week: what was often written under "something else", as an event, and by mail to the admins who wish it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.env import env
from heard.events.bell import ring
from heard.events.models import EventRecord
from heard.events.publishing import publish
from heard.forms.events import OthersGathered
from heard.forms.models import Form
from heard.forms.others import Group, others
from heard.people.mail import mail, wishes
from heard.workspaces.models import Agent, Workspace

JOB: Final = "heard.forms.tasks.mail_others_to"
# A job may run twice; a week is never shorter than this.
NOT_BEFORE: Final = timedelta(days=6)


def gather_everywhere(*, now: datetime) -> None:
    for workspace in Workspace.objects.filter(pk__in=Form.objects.values("workspace")).order_by("pk"):
        gather(workspace, now=now)


@transaction.atomic
def gather(workspace: Workspace, *, now: datetime) -> None:
    """Nothing where nobody wrote anything often."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    lately = EventRecord.objects.filter(workspace=workspace, kind="OthersGathered", at__gt=now - NOT_BEFORE)
    found = [] if lately.exists() else others(workspace, now=now)
    if not found:
        return
    words = {group.word: group.count for group in found}
    publish(OthersGathered(workspace_id=workspace.pk, at=now, words=words))
    admins = Agent.objects.filter(
        workspace=workspace, role=Agent.Role.ADMIN, mailed__contains=[Agent.Mailed.ISSUES]
    )
    for pk in admins.values_list("pk", flat=True):
        ring(JOB, lock=f"mail others {pk}", once=f"mail others {pk}", agent_id=pk)


def mail_others(agent_id: int, *, now: datetime) -> None:
    agent = Agent.objects.select_related("user", "workspace").get(pk=agent_id)
    if not agent.is_admin or not wishes(agent, Agent.Mailed.ISSUES):
        return
    found = others(agent.workspace, now=now)
    if not found:
        return
    with translation.override(agent.user.language):
        lines = [in_words(group) for group in found]
        link = _("Make an issue of it with one click: {link}").format(
            link=f"{env().public_url}/settings/issues/others"
        )
        subject = _("What customers often wrote under “something else”")
        mail(agent, subject=subject, text="\n".join([*lines, "", link]))


def in_words(group: Group) -> str:
    words = ngettext(
        "{count} person wrote about “{word}”", "{count} people wrote about “{word}”", group.count
    )
    return words.format(count=group.count, word=group.word)
