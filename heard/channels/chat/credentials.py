"""What makes a chat: a name, and for practice the web site that shows its window."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from heard.channels.contract import Credentials
from heard.channels.words import N_

LONGEST_NAME: Final = 100


class ChatCredentials(Credentials):
    account: str = Field(
        title=N_("Name"),
        description=N_("How this chat is called here: the name of your web site, say."),
        min_length=1,
        max_length=LONGEST_NAME,
    )
    base_url: str = Field(
        default="",
        title=N_("Address of the network"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )
