"""Our own JSON: everything that a saved reply says, so that reading it back gives the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from heard.channels.words import N_
from heard.contacts.models import Formality
from heard.replies.exchange.record import MOST_REPLIES, Reading, Record, Remark, Unreadable
from heard.replies.facts import LANGUAGES
from heard.replies.models import Audience, Length, SavedReply, Situation
from heard.replies.stale import Said
from heard.replies.ways import Way

FORMAT: Final = "heard saved replies"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class VariantFile(_Strict):
    language: str
    formality: Formality = Formality.FORMAL
    audience: Audience = Audience.PRIVATE
    length: Length = Length.NORMAL
    text: str
    source_text: str = ""


class ReplyFile(_Strict):
    key: UUID | None = None
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] = 1
    titles: dict[str, str]
    shortcut: str = ""
    folder: list[str] = []
    situation: Situation = Situation.OTHER
    block: SavedReply.Block = SavedReply.Block.WHOLE
    tags: list[str] = []
    source_language: str = "en"
    expires_on: str | None = None
    draft: bool = False
    variants: list[VariantFile]


def written_json(records: Iterable[Record]) -> str:
    told = {"format": FORMAT, "version": 1, "replies": [shape(record) for record in records]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def shape(record: Record) -> dict[str, Any]:
    return {
        "key": str(record.key) if record.key else None,
        "version": record.version,
        "titles": dict(record.titles),
        "shortcut": record.shortcut,
        "folder": list(record.folder),
        "situation": str(record.situation),
        "block": str(record.block),
        "tags": list(record.tags),
        "source_language": record.source_language,
        "expires_on": record.expires_on.isoformat() if record.expires_on else None,
        "draft": record.draft,
        "variants": [
            {
                "language": way.language,
                "formality": way.formality,
                "audience": way.audience,
                "length": way.length,
                "text": said.text,
                "source_text": said.source_text,
            }
            for way, said in sorted(record.texts.items())
        ],
    }


def parsed(content: str) -> Any:
    """Raises Unreadable."""
    try:
        return json.loads(content, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Unreadable(N_("This is no JSON: something is wrong here."), error.lineno) from None
    except (ValueError, RecursionError):
        raise Unreadable(N_("This is no JSON.")) from None


def read_json(content: str) -> Reading:
    """Raises Unreadable."""
    told = parsed(content)
    if (
        not isinstance(told, dict)
        or told.get("format") != FORMAT
        or not isinstance(told.get("replies"), list)
    ):
        raise Unreadable(N_("This is no file of saved replies that Heard has written."))
    return read_entries(told["replies"])


def read_entries(entries: list[Any]) -> Reading:
    if len(entries) > MOST_REPLIES:
        raise Unreadable(N_("A file may hold %(most)s saved replies at most."), most=MOST_REPLIES)
    reading = Reading()
    for number, entry in enumerate(entries, 1):
        _read_entry(number, entry, reading)
    return reading


def _read_entry(number: int, entry: Any, reading: Reading) -> None:
    try:
        read = ReplyFile.model_validate(entry)
        reading.records.append(_record(number, read))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "?"
        reason = N_("“%(where)s” is missing or cannot be that.")
        reading.wrong.append(Remark(number, _title(entry), reason, {"where": where}))
    except ValueError as error:
        reason = N_("“%(where)s” is missing or cannot be that.")
        reading.wrong.append(Remark(number, _title(entry), reason, {"where": str(error)}))


def _record(number: int, read: ReplyFile) -> Record:
    """Raises ValueError."""
    texts = {}
    for one in read.variants:
        way = Way(one.language, one.formality.value, one.audience.value, one.length.value)
        if one.language not in LANGUAGES or way in texts:
            raise ValueError(f"variants: {way}")
        texts[way] = Said(one.text, one.source_text)
    try:
        expires_on = date.fromisoformat(read.expires_on) if read.expires_on else None
    except ValueError:
        raise ValueError("expires_on") from None
    return Record(
        line=number,
        titles=read.titles,
        texts=texts,
        lines=dict.fromkeys(texts, number),
        key=read.key,
        version=read.version,
        shortcut=read.shortcut,
        folder=read.folder,
        situation=read.situation,
        block=read.block,
        tags=read.tags,
        source_language=read.source_language,
        expires_on=expires_on,
        draft=read.draft,
        knows_sources=True,
    )


def _title(entry: Any) -> str:
    titles = entry.get("titles") if isinstance(entry, dict) else None
    return str(next(iter(titles.values()), ""))[:120] if isinstance(titles, dict) else ""


def _no_number(name: str) -> None:
    raise ValueError(name)
