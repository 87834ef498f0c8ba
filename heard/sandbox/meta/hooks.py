"""Who is told what: from something that happened to one event for each app that asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from heard.channels.facebook import simulator as facebook
from heard.channels.instagram import simulator as instagram
from heard.channels.meta import simulator as meta
from heard.sandbox.delivery.event import Event, HookCall
from heard.sandbox.meta import access
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import App, Page, Profile

SECTION_OF_MESSAGING = "messaging"


def prepare(network: Network, about: str = "page") -> Any:
    """How the engine makes a call for an app of this network."""

    def call(app_id: str, events: Sequence[Event]) -> HookCall | None:
        app = network.apps.get(app_id)
        hook = hook_of(app, about) if app else ""
        if app is None or not hook:
            return None
        body = meta.encode(meta.envelope(_entries(network, events), about=about))
        return signed_call(app, hook, body, about)

    return call


def hook_of(app: App, about: str = "page") -> str:
    subscription = app.subscriptions.get(about)
    return subscription.callback_url if subscription else ""


def about(page: Page) -> str:
    """The object that an app subscribes to, to hear of it."""
    return "instagram" if isinstance(page, Profile) else "page"


def heard_by(network: Network, slug: str, page: Page) -> tuple[App, str] | None:
    """Who hears of a page, and where: the app prepared for it, or the one that people sign in with."""
    for id in (page.apps[slug], *subscribed(network, page)):
        app = network.apps[id]
        if app.network in {slug, "login"} and (hook := hook_of(app, about(page))):
            return app, hook
    return None


def subscribed(network: Network, page: Page) -> dict[str, list[str]]:
    """app → fields. Whoever is on a page hears of everything on the account that is linked to it."""
    if not isinstance(page, Profile) or page.linked not in network.pages:
        return page.subscribed
    through = dict.fromkeys(network.pages[page.linked].subscribed, access.FIELDS["instagram"])
    return through | page.subscribed


def signed_call(app: App, hook: str, body: bytes, about: str = "page") -> HookCall:
    at_instagram = about == "instagram" and app.signs_as == "instagram"
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "Accept": "*/*",
        **meta.signed(body, app.instagram_secret if at_instagram else app.secret),
    }
    return HookCall(hook, headers, body)


def _entries(network: Network, events: Sequence[Event]) -> list[dict[str, Any]]:
    """Neighbours of one page and one section share an entry; now and then a new one begins all the same."""
    entries: list[dict[str, Any]] = []
    for event in events:
        if event.section == "changes" and network.engine.faults[event.network].flat:
            entries.append({"id": event.page, "time": int(network.clock.now()), **event.body})
            continue
        last = entries[-1] if entries else None
        fresh = last is None or last["id"] != event.page or event.section not in last
        if not fresh and len(entries) < 4:
            fresh = network.engine.faults[event.network].rng.random() < 0.3
        if fresh:
            at = network.clock.now() if event.section == "changes" else network.clock.ms()
            entries.append({"id": event.page, "time": int(at), event.section: []})
        entries[-1][event.section].append(event.body)
    return entries


def change(network: Network, page: str, field: str, value: dict[str, Any], *, lane: str) -> None:
    """Tells of something public: `field` is feed, mention or ratings."""
    if network.engine.faults["facebook"].no_author:
        value.pop("from", None)
    _tell(network, "facebook", page, field, "changes", facebook.change(field, value), lane)


def picture_change(network: Network, profile: str, field: str, value: dict[str, Any], *, lane: str) -> None:
    """Tells of something public on Instagram: `field` is comments, live_comments or mentions."""
    if network.engine.faults["instagram"].no_author:
        value.pop("from", None)
    _tell(network, "instagram", profile, field, "changes", facebook.change(field, value), lane)


def messaging(network: Network, page: str, field: str, body: dict[str, Any], *, handle: str) -> None:
    """Tells of something private. While another app controls the thread, all others hear it in standby."""
    slug = "messenger"
    if page in network.profiles:
        worded = instagram.messaging(field, body)
        if worded is None:
            return
        slug, (field, body) = "instagram", worded
    owner = network.conversation(page, handle).owner
    section = SECTION_OF_MESSAGING
    if owner and field not in ALWAYS_HEARD:
        section = "standby"
    _tell(network, slug, page, field, section, body, handle, owner=owner)


ALWAYS_HEARD = ("messaging_handover", "messaging_handovers", "messaging_policy_enforcement")


def _tell(
    network: Network,
    slug: str,
    page: str,
    field: str,
    section: str,
    body: dict[str, Any],
    lane: str,
    *,
    owner: str = "",
) -> None:
    if network.quiet:
        return
    heard = False
    for app in listening(network, network.account(page), field):
        heard = True
        mine = SECTION_OF_MESSAGING if section == "standby" and owner == app.id else section
        event = Event(
            network.engine.number(), slug, app.id, page, mine, body, f"{page}:{lane}", network.clock.now()
        )
        network.engine.put(event)
        network.told.append(event)
    if not heard:
        network.engine.counts[slug].unheard += 1


def listening(network: Network, page: Page, field: str) -> list[App]:
    """The apps that asked for a field, both for this page and for themselves, and have a hook."""
    apps = [network.apps[app] for app, fields in subscribed(network, page).items() if field in fields]
    kind = about(page)
    return [app for app in apps if hook_of(app, kind) and field in app.subscriptions[kind].fields]
