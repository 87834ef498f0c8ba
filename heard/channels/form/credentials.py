"""What connects a form: nothing but its own name. There is no network, so there is no secret."""

from __future__ import annotations

from pydantic import Field

from heard.channels.contract import Credentials
from heard.channels.words import N_


class FormCredentials(Credentials):
    account: str = Field(
        title=N_("Form"),
        description=N_("The name of the form in its address."),
        min_length=1,
    )
