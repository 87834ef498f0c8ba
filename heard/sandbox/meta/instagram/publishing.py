"""The calls by which an account publishes pictures: containers first, then the word that makes them public."""

from __future__ import annotations

from typing import Any

import httpx2

from heard.sandbox import certificates
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import GraphError, gone, wrong
from heard.sandbox.meta.graph.fields import pick
from heard.sandbox.meta.graph.tokens import need
from heard.sandbox.meta.instagram import nodes, said
from heard.sandbox.meta.things import Container, Media, Profile

RIGHT = ("instagram_business_content_publish", "instagram_content_publish")
CAPTION_LIMIT = 2_200
PARTS = range(2, 11)
A_DAY, POSTS_A_DAY = 86400, 100
JPEG = b"\xff\xd8\xff"


async def make_container(call: Call, profile: Profile) -> Any:
    """Raises GraphError. The picture is fetched from its address, as the network does."""
    need(call, *RIGHT)
    text = call.text("caption")
    if len(text) > CAPTION_LIMIT:
        raise GraphError("The caption is too long.", code=36004, subcode=2207010)
    carousel = call.text("media_type") == "CAROUSEL"
    media = _parts(call, profile) if carousel else [await _picture(call)]
    part = bool(call.flag("is_carousel_item"))
    now = call.network.clock.now()
    container = Container(call.network.picture_number(), profile.id, text, now, media, part)
    call.network.add(container)
    return {"id": container.id}


async def _picture(call: Call) -> Media:
    url = call.text("image_url")
    if not url.startswith(("https://", "http://")):
        raise wrong("The parameter image_url is required.")
    content = await _fetched(url)
    if not content.startswith(JPEG):
        raise GraphError(
            "The image format is not supported. Supported is: JPEG.", code=36001, subcode=2207005
        )
    return Media("image", call.network.upload(content), call.text("alt_text"))


async def _fetched(url: str) -> bytes:
    try:
        async with httpx2.AsyncClient(timeout=10, verify=certificates.known(), trust_env=False) as client:
            answer = await client.get(url)
    except (httpx2.TransportError, httpx2.InvalidURL):
        answer = None
    if answer is None or answer.status_code != 200:
        message = "The media could not be fetched from this URI."
        raise GraphError(message, code=9004, subcode=2207052)
    return answer.content


def _parts(call: Call, profile: Profile) -> list[Media]:
    parts = [_own(call, profile, id) for id in call.names("children")]
    if len(parts) not in PARTS or not all(part.part for part in parts):
        raise wrong("A carousel has two to ten children, and each is a container made for one.")
    return [media for part in parts for media in part.media]


def _own(call: Call, profile: Profile, id: str) -> Container:
    found = call.network.containers.get(id)
    if found is None or found.page != profile.id:
        raise gone(id, call.method)
    return found


def read_container(call: Call, container: Container) -> Any:
    need(call, *RIGHT)
    return pick(nodes.container(call.network, container), call.fields("id"), kind="IGContainer")


def publish(call: Call, profile: Profile) -> Any:
    need(call, *RIGHT)
    container = _own(call, profile, call.text("creation_id"))
    if container.part or container.published:
        raise wrong("This container cannot be published.")
    if len(_of_today(call, profile)) >= POSTS_A_DAY:
        raise GraphError("The number of posts of a day is reached.", code=9, subcode=2207042, status=403)
    container.published = True
    call.network.keep(container)
    post = said.publish(call.network, profile, text=container.text, media=container.media)
    return {"id": post.id}


def _of_today(call: Call, profile: Profile) -> list[Container]:
    since = call.network.clock.now() - A_DAY
    everything = call.network.containers.values()
    return [one for one in everything if one.page == profile.id and one.published and one.at > since]


def read_limit(call: Call, profile: Profile) -> Any:
    need(call, *RIGHT)
    config = {"quota_total": POSTS_A_DAY, "quota_duration": A_DAY}
    return {"data": [{"quota_usage": len(_of_today(call, profile)), "config": config}]}
