"""Why something was not translated, in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Trouble(StrEnum):
    NOT_SET_UP = "not_set_up"
    BAD_KEY = "bad_key"
    USED_UP = "used_up"
    CAP_REACHED = "cap_reached"
    TOO_FAST = "too_fast"
    NO_SUCH_LANGUAGE = "no_such_language"
    TOO_LONG = "too_long"
    PRIVATE_ADDRESS = "private_address"
    NOT_REACHED = "not_reached"
    BAD_ANSWER = "bad_answer"


WORDS: Final[Mapping[str, Promise]] = {
    Trouble.NOT_SET_UP: _("Translation is not set up. An admin can do that in the settings."),
    Trouble.BAD_KEY: _("The translation service does not accept the key. An admin can enter another one."),
    Trouble.USED_UP: _("What the translation service allows in this period is used up."),
    Trouble.CAP_REACHED: _("The characters that this workspace allows in a month are used up."),
    Trouble.TOO_FAST: _("The translation service asks for patience. Try again in a minute."),
    Trouble.NO_SUCH_LANGUAGE: _("The translation service does not know one of these languages."),
    Trouble.TOO_LONG: _("This is too long for the translation service."),
    Trouble.PRIVATE_ADDRESS: _(
        "The address leads into a private network. An operator can allow it with HEARD_OUTBOUND_ALLOW."
    ),
    Trouble.NOT_REACHED: _("The translation service does not answer. Try again in a minute."),
    Trouble.BAD_ANSWER: _("The translation service gave an answer that cannot be read."),
}
# It may work in a minute without anybody doing anything.
PASSING: Final = frozenset((Trouble.TOO_FAST, Trouble.NOT_REACHED))


class CannotTranslate(Exception):
    """`detail` is what the service said, for admins."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble, self.detail = trouble, detail

    @property
    def words(self) -> str:
        return str(WORDS[self.trouble])
