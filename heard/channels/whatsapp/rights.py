"""The rights that connecting a number asks for, in plain words."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import Scope
from heard.channels.words import N_

RIGHTS: Final = (
    Scope(
        "whatsapp_business_messaging",
        allows=N_("Read and write messages, and fetch pictures and files."),
        without=N_("Messages neither arrive nor go out."),
    ),
    Scope(
        "whatsapp_business_management",
        allows=N_("Be told at once when something is written, and read the approved templates."),
        without=N_("Nothing arrives by itself, and no template can be chosen."),
    ),
)
