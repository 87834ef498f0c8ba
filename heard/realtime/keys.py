"""A key to the event stream: for one agent, for as long as one session lives."""

from __future__ import annotations

from django.core import signing

SALT = "heard.realtime"
LONGEST_SECONDS = 24 * 3600


class BadKey(Exception):
    pass


def stream_key(agent_id: int, workspace_id: int, session_key: str) -> str:
    """Put into a page that the agent was allowed to see. It opens nothing without the session's cookie."""
    return signing.dumps([agent_id, workspace_id, session_key], salt=SALT)


def opened_key(key: str, *, session_key: str) -> tuple[int, int]:
    """Agent id and workspace id. Raises BadKey for a key that is forged, old or of another session."""
    try:
        agent_id, workspace_id, session = signing.loads(key, salt=SALT, max_age=LONGEST_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadKey from error
    if not session_key or session != session_key:
        raise BadKey
    return int(agent_id), int(workspace_id)
