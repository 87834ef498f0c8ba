"""The simulated mail service learns where to bring mails. A real one is told by its owner, in its own settings."""

from __future__ import annotations

from heard.channels.contract import NoAnswer, NotReached, Problem, Rejected, TryAgain, Wire
from heard.channels.email.credentials import EmailCredentials


def say_where(wire: Wire[EmailCredentials], hook_url: str) -> None:
    """Raises TryAgain or Rejected."""
    mine = wire.credentials
    if not (mine.base_url and mine.carrier):
        return
    told = {"mailbox": mine.account, "forward": carrier_url(hook_url, mine.carrier)}
    try:
        answer = wire.call("POST", f"{mine.base_url}/routes", json=told)
    except (NotReached, NoAnswer) as error:
        raise TryAgain("The practice mail service could not be reached.") from error
    if answer.status >= 300:
        raise Rejected(
            f"The practice mail service answered with status {answer.status}.", problem=Problem.INVALID
        )


def carrier_url(hook_url: str, carrier: str) -> str:
    """The hook of an inbox and the address of its mail service bear the same key."""
    return hook_url.replace("/hooks/email/", f"/mail-hooks/{carrier}/") + "/mime"
