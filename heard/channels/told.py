"""What a channel can do, in words: read off its abilities and powers, for a page and for the docs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from heard.channels import contract
from heard.channels.contract import Abilities, Buttons, Channel, Count, Files, Kind
from heard.channels.words import N_

MEGABYTE: Final = 1024 * 1024
KINDS: Final[Mapping[Kind, str]] = {
    Kind.COMMENT: N_("comments"),
    Kind.DIRECT: N_("direct messages"),
    Kind.MENTION: N_("mentions"),
    Kind.REVIEW: N_("reviews"),
    Kind.POST: N_("visitors' posts"),
    Kind.EMAIL: N_("e-mails"),
    Kind.FORM: N_("forms"),
    Kind.CHAT: N_("chat lines"),
}
LIMITS: Final[Mapping[Count, str]] = {
    Count.CHARACTERS: N_("%(kind)s: %(limit)s characters"),
    Count.UTF8_BYTES: N_("%(kind)s: %(limit)s bytes"),
    Count.UTF16_UNITS: N_("%(kind)s: %(limit)s characters, most emoji count as two"),
    Count.GRAPHEMES: N_("%(kind)s: %(limit)s characters as people see them"),
    Count.WEIGHTED: N_("%(kind)s: %(limit)s characters, weighted as the network does"),
}
MEDIA: Final[Mapping[str, str]] = {
    "image": N_("pictures"),
    "video": N_("videos"),
    "audio": N_("sound"),
    "file": N_("files"),
    "sticker": N_("stickers"),
    "location": N_("places"),
    "contact": N_("contact cards"),
    "link": N_("links"),
    "story": N_("stories"),
    "unsupported": N_("things that the network does not hand over"),
}
RECEIPTS: Final[Mapping[str, str]] = {"delivered": N_("delivered"), "read": N_("read")}
POWERS: Final[Mapping[type, str]] = {
    contract.Connects: N_("Connecting by signing in at the network"),
    contract.Renews: N_("Access is renewed by itself"),
    contract.FetchesProfiles: N_("Names and pictures of people"),
    contract.FetchesPosts: N_("The post that a comment hangs on"),
    contract.Reconciles: N_("What was missed is fetched afterwards"),
    contract.Finds: N_("The network can be asked whether an answer arrived"),
    contract.Listens: N_("Listening for words anywhere in public"),
    contract.Priced: N_("The network takes money for calls"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An English source text; `params` are texts to translate too, or plain figures."""

    text: str
    params: Mapping[str, str | int] = field(default_factory=dict)


# Where the end of a file's name is not the end of its content type.
SHORT: Final[Mapping[str, str]] = {
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "video/3gpp": "3gp",
    "video/quicktime": "mov",
    "text/plain": "txt",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a channel can do, or with nothing told cannot."""

    label: str
    told: tuple[Told, ...] = ()


def abilities_told(channel: Channel[Any], *, plan: str = "") -> list[Line]:
    """Everything that a person may want to know before they connect an account."""
    can = channel.abilities_for(plan)
    return [
        *_answering(can),
        *_moderating(can),
        *_customers(can),
        *_bringing(can),
        *_publishing(can),
        *_powers(channel),
    ]


def _answering(can: Abilities) -> Iterator[Line]:
    yield Line(N_("Receives"), _kinds(can.receives))
    limits = (
        Told(LIMITS[can.counts], {"kind": KINDS[kind], "limit": can.text_limits[kind]})
        for kind in Kind
        if kind in can.replies and kind in can.text_limits
    )
    yield Line(N_("Answers where it stands"), tuple(limits))
    yield Line(N_("Time to answer"), tuple(_window(can)))
    private = _kinds(can.private_replies)
    if private and can.private_reply_within:
        private = (*private, _within(can.private_reply_within))
    yield Line(N_("Answers in private to what was said in public"), private)


def _window(can: Abilities) -> Iterator[Told]:
    if not can.replies:
        return
    if can.reply_within is None:
        yield Told(N_("no limit"))
        return
    yield _within(can.reply_within)
    if can.extended_within:
        yield Told(
            N_("for people, where the network approved it: %(time)s hours"), _hours(can.extended_within)
        )
    if can.templates_after:
        yield Told(N_("afterwards only texts that the network approved"))


def _moderating(can: Abilities) -> Iterator[Line]:
    yield Line(N_("Likes"), _kinds(can.likes))
    yield Line(N_("Hides"), _kinds(can.hides))
    yield Line(N_("Deletes"), _kinds(can.deletes))
    yield Line(N_("Shows to our own followers"), _kinds(can.reposts))


def _customers(can: Abilities) -> Iterator[Line]:
    yield Line(N_("Sees when customers change their words"), _yes(can.customer_edits))
    yield Line(N_("Sees when customers delete their words"), _yes(can.customer_deletes))
    yield Line(N_("Knows how far an answer got"), _named(RECEIPTS, can.receipts))
    yield Line(N_("Pictures and files of customers"), _named(MEDIA, can.media_in))


def _bringing(can: Abilities) -> Iterator[Line]:
    """What our answers may bring along. Kinds that allow the same are told together."""
    told = []
    for rule in dict.fromkeys(map(_file_rule, can.files.values())):
        kinds = [kind for kind in Kind if kind in can.files and _file_rule(can.files[kind]) == rule]
        told += [*(Told(KINDS[kind]) for kind in kinds), *_files(can.files[kinds[0]])]
    yield Line(N_("Answers with pictures and files"), tuple(told))
    buttons = next(iter(can.buttons.values()), None)
    count = (
        Told(N_("%(most)s at most, %(limit)s characters each"), _button_limits(buttons)) if buttons else None
    )
    leads = (Told(N_("also with a web address")),) if buttons and buttons.links else ()
    yield Line(N_("Answers with buttons"), (count, *leads) if count else ())


def _file_rule(rule: Files) -> tuple[object, ...]:
    return (tuple(sorted(rule.sizes.items())), rule.most, rule.text_too, rule.described)


def _button_limits(buttons: Buttons) -> dict[str, str | int]:
    return {"most": buttons.most, "limit": buttons.label}


def _files(rule: Files) -> Iterator[Told]:
    by_size: dict[int, list[str]] = {}
    for kind, size in rule.sizes.items():
        by_size.setdefault(size, []).append(_ending(kind))
    for size, kinds in sorted(by_size.items()):
        names = ", ".join(sorted(set(kinds)))
        if names == "*":
            yield Told(N_("all other files up to %(size)s MB"), {"size": size // MEGABYTE})
        else:
            yield Told(N_("%(kinds)s up to %(size)s MB"), {"kinds": names, "size": size // MEGABYTE})
    if rule.most > 1:
        yield Told(N_("%(most)s in one message"), {"most": rule.most})
    if not rule.text_too:
        yield Told(N_("words go as a message of their own"))
    if rule.described:
        yield Told(N_("pictures with descriptions"))


def _ending(content_type: str) -> str:
    """A kind of file as people call it: by the end of its name."""
    if content_type == "*/*":
        return "*"
    return SHORT.get(content_type, content_type.rpartition("/")[2].rpartition(".")[2]).upper()


def _publishing(can: Abilities) -> Iterator[Line]:
    rules = can.publishing
    if rules is None:
        yield Line(N_("Publishes posts"))
        return
    told = [Told(LIMITS[rules.counts], {"kind": N_("text"), "limit": rules.text_limit})]
    if rules.pictures:
        told.append(Told(N_("pictures: %(most)s at most"), {"most": rules.pictures}))
        kinds = ", ".join(sorted(kind.removeprefix("image/").upper() for kind in rules.picture_kinds))
        size: dict[str, str | int] = {"kinds": kinds, "size": rules.picture_size // MEGABYTE}
        told.append(Told(N_("%(kinds)s up to %(size)s MB"), size))
    if rules.picture_needed:
        told.append(Told(N_("a picture is needed")))
    if rules.alt_text:
        told.append(Told(N_("pictures with descriptions")))
    yield Line(N_("Publishes posts"), tuple(told))


def _powers(channel: Channel[Any]) -> Iterator[Line]:
    for power, label in POWERS.items():
        yield Line(label, _yes(isinstance(channel, power)))


def _kinds(kinds: Collection[Kind]) -> tuple[Told, ...]:
    return tuple(Told(KINDS[kind]) for kind in Kind if kind in kinds)


def _named(words: Mapping[str, str], names: Collection[str]) -> tuple[Told, ...]:
    """What nobody has given a word yet is told by its own name."""
    known = [Told(word) for name, word in words.items() if name in names]
    return (*known, *(Told(name) for name in sorted(names) if name not in words))


def _yes(can: bool) -> tuple[Told, ...]:
    return (Told(N_("yes")),) if can else ()


def _within(time: timedelta) -> Told:
    return (
        Told(N_("within %(time)s hours"), _hours(time))
        if time <= timedelta(days=3)
        else Told(N_("within %(time)s days"), {"time": time.days})
    )


def _hours(time: timedelta) -> dict[str, str | int]:
    return {"time": int(time.total_seconds() // 3600)}
