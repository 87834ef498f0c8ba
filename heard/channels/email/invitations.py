"""What an invitation says, in a few lines that need no translation."""

from __future__ import annotations

import re
from typing import Final

from heard.channels.email.letters import one_line, tidy

_MAX: Final = 200_000
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_LINE: Final = re.compile(
    r"(SUMMARY|DTSTART|DTEND|LOCATION|ORGANIZER)((?:;[^:\r\n]{0,300})?):(.*)", re.IGNORECASE
)
_TIME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
_ZONE: Final = re.compile(r"TZID=\"?([^;:\"]{1,80})", re.IGNORECASE)


def summary_of(text: str) -> str:
    """Its title, time, place and host: each on a line of its own."""
    text = _FOLD.sub("", tidy(text[:_MAX]))
    begun = text.upper().find("BEGIN:VEVENT")
    if begun < 0:
        return ""
    event = text[begun:].split("END:VEVENT")[0]
    told: dict[str, str] = {}
    for line in event.split("\n"):
        if found := _LINE.match(line):
            told.setdefault(found[1].upper(), _told(found[1].upper(), found[2], found[3]))
    times = [told[name] for name in ("DTSTART", "DTEND") if told.get(name)]
    lines = [told.get("SUMMARY", ""), " – ".join(times), told.get("LOCATION", ""), told.get("ORGANIZER", "")]
    return "\n".join(line for line in lines if line)


def _told(name: str, parameters: str, value: str) -> str:
    if name in ("DTSTART", "DTEND"):
        return _time(parameters, value)
    if name == "ORGANIZER":
        return one_line(value.rpartition(":")[2], most=200)
    for written, meant in (("\\n", " "), ("\\N", " "), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\")):
        value = value.replace(written, meant)
    return one_line(value, most=500)


def _time(parameters: str, value: str) -> str:
    found = _TIME.match(value.strip())
    if found is None:
        return ""
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if not found[4]:
        return day
    zone = _ZONE.search(parameters)
    named = " UTC" if found[6] else f" {zone[1]}" if zone else ""
    return f"{day} {found[4]}:{found[5]}{named}"
