"""The simulated web site learns which window to show. A real one is told by its owner, who pastes the script."""

from __future__ import annotations

from heard.channels.chat.credentials import ChatCredentials
from heard.channels.contract import NoAnswer, NotReached, Problem, Rejected, TryAgain, Wire


def tell_the_site(wire: Wire[ChatCredentials], hook_url: str) -> None:
    """Raises TryAgain or Rejected."""
    site = wire.credentials.base_url
    if not site:
        return
    try:
        answer = wire.call("POST", f"{site}/window", json={"script": script_url(hook_url)})
    except (NotReached, NoAnswer) as error:
        raise TryAgain("The practice site could not be reached.") from error
    if answer.status >= 300:
        raise Rejected(f"The practice site answered with status {answer.status}.", problem=Problem.INVALID)


def script_url(hook_url: str) -> str:
    """The script of a window and the hook of its inbox bear the same key."""
    return hook_url.replace("/hooks/chat/", "/chat/") + ".js"
