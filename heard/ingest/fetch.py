"""Names, pictures, posts and files: asked for in jobs, one for each inbox, never while a hook waits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from heard.channels.contract import (
    CarriesParts,
    Channel,
    FetchesPosts,
    FetchesProfiles,
    Located,
    LocatesMedia,
    Media,
    NoAnswer,
    NotReached,
    Person,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Wire,
)
from heard.channels.registry import channel
from heard.contacts.identify import identify
from heard.contacts.models import Identity
from heard.env import env
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.wire import outbound, wire_for
from heard.ingest.bell import ring_for
from heard.ingest.raw import hook_of, raw_of
from heard.kept_files import keep_file
from heard.outbound import Broken, Refused, Unreachable
from heard.realtime.announce import announce
from heard.tickets.events import MessageReceived, PastMessageReceived
from heard.tickets.fill_in import fill_in
from heard.tickets.models import Attachment, Post
from heard.tickets.posts import update_post
from heard.workspaces.prepared import prepared

AT_ONCE = 50
MOST_TRIES = 5
PICTURE_BYTES = 2 * 1024 * 1024
NOT_NOW = (NoAnswer, NotReached, Rejected, TryAgain)


class LaterPlease(Exception):
    """The network is not to be had at present; the rest of the job is for another time."""


def fetch_what_is_missing(events: Sequence[MessageReceived | PastMessageReceived]) -> None:
    """One bell for each inbox concerned, however many messages came; none where we have everything."""
    for inbox_id in _lacking(inboxes=tuple({event.message.inbox_id for event in events})):
        ring_for(inbox_id, "fetch")


@prepared
def _lacking(*, inboxes: Sequence[int]) -> QuerySet[Inbox, int]:
    posts = Post.objects.filter(inbox=OuterRef("pk"), wanted=True, tries__lt=MOST_TRIES)
    people = Identity.objects.filter(
        inbox=OuterRef("pk"), profile=Identity.Profile.WANTED, profile_tries__lt=MOST_TRIES
    )
    files = Attachment.objects.filter(message__inbox=OuterRef("pk"), state=Attachment.State.PENDING)
    lacking = Inbox.objects.filter(Exists(posts) | Exists(people) | Exists(files), pk__in=inboxes)
    return lacking.values_list("pk", flat=True)


def fetch_for(inbox: Inbox) -> None:
    """Everything that is wanted for one inbox. Tried a few times, then left as it is."""
    if inbox.state != Inbox.State.CONNECTED:
        return
    try:
        wire = wire_for(credentials_of(inbox))
    except (NotConnected, CannotOpen):
        return
    network, now = channel(inbox.channel), timezone.now()
    for fetch in (_fetch_posts, _fetch_profiles, _fetch_files):
        try:
            with renewing(inbox, used=wire.credentials, now=now):
                fetch(inbox, network, wire)
        except ReconnectNeeded as error:
            require_reconnect(inbox, reason=error.reason, now=now)
        except (LaterPlease, TryAgain):
            pass


# ── posts and people ──


def _fetch_posts(inbox: Inbox, network: Channel[Any], wire: Wire[Any]) -> None:
    if not isinstance(network, FetchesPosts):
        return
    for row in Post.objects.filter(inbox=inbox, wanted=True, tries__lt=MOST_TRIES)[:AT_ONCE]:
        Post.objects.filter(pk=row.pk).update(tries=row.tries + 1)
        told = _ask(network.post, row.external_id, wire)
        Post.objects.filter(pk=row.pk).update(wanted=False)
        if told is not None:
            update_post(row, told)
            row.refresh_from_db()
            fill_in(inbox, row)
            _show(inbox, row.ticket_set.values_list("pk", flat=True)[:AT_ONCE])


def _fetch_profiles(inbox: Inbox, network: Channel[Any], wire: Wire[Any]) -> None:
    if not isinstance(network, FetchesProfiles):
        Identity.objects.filter(inbox=inbox, profile=Identity.Profile.WANTED).update(
            profile=Identity.Profile.KNOWN
        )
        return
    wanted = Identity.objects.filter(
        inbox=inbox, profile=Identity.Profile.WANTED, profile_tries__lt=MOST_TRIES
    )
    for row in wanted.order_by("id")[:AT_ONCE]:
        Identity.objects.filter(pk=row.pk).update(profile_tries=row.profile_tries + 1)
        _learn(inbox, row, _ask(network.profile, row.address, wire), network)


def _learn(inbox: Inbox, row: Identity, told: Person | None, network: Channel[Any]) -> None:
    if told is None:
        Identity.objects.filter(pk=row.pk).update(profile=Identity.Profile.REFUSED)
        return
    with transaction.atomic():
        known = identify(inbox, {row.address: told}, now=row.created_at)[row.address]
        Identity.objects.filter(pk=row.pk).update(
            profile=Identity.Profile.KNOWN,
            handle=told.handle or row.handle,
            picture_url=told.picture_url[:2000] or row.picture_url,
            picture=_picture(told.picture_url, network),
        )
        _show(inbox, known.contact.tickets.order_by("-id").values_list("pk", flat=True)[:AT_ONCE])


def _ask(question: Callable[[str, Wire[Any]], Any], about: str, wire: Wire[Any]) -> Any:
    try:
        return question(about, wire)
    except NOT_NOW as error:
        raise LaterPlease from error


def _show(inbox: Inbox, tickets: Any) -> None:
    with transaction.atomic():
        announce((inbox.workspace_id, ticket) for ticket in tickets)


# ── files ──


def _fetch_files(inbox: Inbox, network: Channel[Any], wire: Wire[Any]) -> None:
    pending = Attachment.objects.filter(message__inbox=inbox, state=Attachment.State.PENDING)
    for row in pending.select_related("message").order_by("id")[:AT_ONCE]:
        _fetch_file(row, network, wire)
        _show(inbox, [row.message.ticket_id])


def _fetch_file(row: Attachment, network: Channel[Any], wire: Wire[Any]) -> None:
    try:
        body, content_type = _part(row, network) or _download(_located(row, network, wire), network)
    except Refused as error:
        _give_up(row, str(error))
    except (Unreachable, Broken, FileNotFoundError, *NOT_NOW) as error:
        if row.tries + 1 >= MOST_TRIES or isinstance(error, FileNotFoundError):
            _give_up(row, str(error))
        else:
            Attachment.objects.filter(pk=row.pk).update(tries=row.tries + 1)
    else:
        keep_file(str(row.key), body)
        Attachment.objects.filter(pk=row.pk).update(
            state=Attachment.State.STORED,
            size=len(body),
            content_type=row.content_type or content_type,
        )


def _part(row: Attachment, network: Channel[Any]) -> tuple[bytes, str] | None:
    """What came within the call itself. Raises FileNotFoundError; None where it has to be asked for."""
    if row.url or not isinstance(network, CarriesParts):
        return None
    call = raw_of(row.message)
    media = Media(row.kind, name=row.name, content_type=row.content_type, detail=row.detail)
    body = network.part(hook_of(call), media) if call else None
    if body is None:
        raise FileNotFoundError("It cannot be read out of the message.")
    return body, row.content_type


def _located(row: Attachment, network: Channel[Any], wire: Wire[Any]) -> Located:
    """Some networks tell an address only to who asks, for a short time and with a secret in it.

    It is never stored. Raises FileNotFoundError, ReconnectNeeded or one of NOT_NOW.
    """
    if row.url or not isinstance(network, LocatesMedia):
        return Located(row.url)
    media = Media(row.kind, name=row.name, content_type=row.content_type, detail=row.detail)
    found = network.locate(media, wire)
    if found is None:
        raise FileNotFoundError("The network no longer has it.")
    return found


def _download(place: Located, network: Channel[Any], *, largest: int = 25 * 1024 * 1024) -> tuple[bytes, str]:
    """Only from the network's own hosts. Raises Refused, Unreachable, Broken or FileNotFoundError."""
    host = urlsplit(place.url).hostname or ""
    allowed = (*network.media_hosts, *env().outbound_allow)
    if not any(host == known or host.endswith(f".{known}") for known in allowed):
        raise Refused(f"{host} is not a host of {network.name}")
    answer = outbound().call("GET", place.url, headers=place.headers, largest=largest)
    if answer.status == 429 or answer.status >= 500:
        raise Broken(f"the network answered {answer.status}")
    if answer.status != 200:
        raise FileNotFoundError(f"the network answered {answer.status}")
    return answer.body, answer.headers.get("content-type", "").split(";")[0][:100]


def _give_up(row: Attachment, reason: str) -> None:
    Attachment.objects.filter(pk=row.pk).update(
        state=Attachment.State.FAILED, state_reason=reason[:200], tries=row.tries + 1
    )


def _picture(url: str, network: Channel[Any]) -> str:
    """Our own copy of a profile picture, because the network's address expires in days."""
    if not url:
        return ""
    try:
        body, content_type = _download(Located(url), network, largest=PICTURE_BYTES)
    except (Refused, Unreachable, Broken, FileNotFoundError):
        return ""
    if not content_type.startswith("image/"):
        return ""
    key = hashlib.sha256(body).hexdigest()[:32]
    keep_file(key, body)
    return key
