"""What stands on the network at the first start: one page with a few posts, and the apps."""

from __future__ import annotations

from heard.sandbox.meta import access
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Media, Page, Post
from heard.sandbox.persons import KNOWN, digits

NAME = "Acme Shop"
ABOUT = "Things for the home, sent from our own warehouse since 2009."
HOUR = 3600

# How long ago, with which picture, and what.
POSTS = (
    (
        11 * 24 * HOUR,
        "",
        "Our shop in the old town is open again after the repairs: Monday to Saturday from nine to six. "
        "What you order here can be picked up there on the next day.",
    ),
    (
        6 * 24 * HOUR,
        "picture/bowl.png",
        "What would you put in it? The new serving bowls came out of the kiln on Friday, "
        "and no two are alike.",
    ),
    (
        52 * HOUR,
        "picture/mug.png",
        "New in the shop: our stoneware mugs, thrown and glazed by hand in four colours. They hold 350 ml, "
        "go in the dishwasher and keep tea warm for longer than you would think.",
    ),
    (
        29 * HOUR,
        "picture/parcel.png",
        "Orders placed before noon leave our warehouse the same day. "
        "Before Christmas we pack on Saturdays too, until 20 December.",
    ),
    (
        5 * HOUR,
        "picture/lamp.png",
        "The evenings are dark early. Until Sunday our reading lamps cost a fifth less, and sending is free.",
    ),
)


def seed(network: Network) -> None:
    """Does nothing on a network that already has a page."""
    if network.pages:
        return
    for handle in KNOWN:
        network.person(handle)
    access.new_app(network, "login", "Heard")
    add_page(network, NAME, ABOUT)
    fill(network)


def fill(network: Network) -> None:
    """The posts of the first page, written before anybody could be told of them."""
    page = network.first_page()
    for ago, picture, text in POSTS:
        number = network.number()
        item = "photo" if picture else "status"
        post = Post(f"{page.id}_{number}", page.id, "", text, network.clock.now() - ago, item)
        post.media = [Media("image", picture)] if picture else []
        network.add(post)


def add_page(network: Network, name: str, about: str = "") -> Page:
    """A page with two apps of its own, both subscribed; their hooks are set by whoever connects them."""
    page = Page(digits("page", name, str(len(network.pages)), length=15), name, about, {})
    for slug, title in (("facebook", "comments"), ("messenger", "messages")):
        app = access.new_app(network, slug, f"Heard ({title} of {name})")
        page.apps[slug] = app.id
        page.subscribed[app.id] = list(access.FIELDS[slug])
    network.add(page)
    network.introduce_all(page.id)
    for app_id in page.apps.values():
        access.new_page_token(network, page, network.apps[app_id], scopes=list(access.SCOPES))
    return page
