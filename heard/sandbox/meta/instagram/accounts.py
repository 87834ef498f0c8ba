"""The accounts that stand on Instagram at the first start, and their pictures."""

from __future__ import annotations

from heard.sandbox.meta import access
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Media, Post, Profile
from heard.sandbox.persons import digits

NAME, USERNAME = "Acme Shop", "acme.shop"
ABOUT = "Mugs, bowls and lamps. What we make, and who makes it."
HOUR = 3600
PICTURES = (
    (9 * 24 * HOUR, "picture/bowl.png", "Out of the kiln on Friday, no two alike. #stoneware"),
    (3 * 24 * HOUR, "picture/mug.png", "Which of the four would be yours?"),
    (30 * HOUR, "picture/parcel.png", "Packed by Lenka. If it rattles, write to us."),
    (4 * HOUR, "picture/lamp.png", "For the evenings. This week a fifth less, link in our profile."),
)


def seed(network: Network) -> None:
    """Does nothing on a network that already has an account."""
    login = access.login_app(network)
    if not login.instagram_id:  # made before the sandbox had Instagram
        access.ready_for_instagram(login)
        network.keep(login)
    if not network.profiles:
        add_profile(network, NAME, username=USERNAME, about=ABOUT, linked=network.first_page().id)
        fill(network)


def fill(network: Network) -> None:
    """The pictures of the first account."""
    profile = first_profile(network)
    for ago, picture, text in PICTURES:
        at = network.clock.now() - ago
        media = [Media("image", picture)]
        network.add(Post(network.picture_number(), profile.id, "", text, at, "photo", media))


def add_profile(network: Network, name: str, *, username: str, about: str = "", linked: str = "") -> Profile:
    """An account with an app of its own, which is subscribed; its hook is set by whoever connects it."""
    id = "1784" + digits("profile", name, str(len(network.profiles)), length=13)
    app = access.new_app(network, "instagram", f"Heard (Instagram of {name})")
    profile = Profile(id, name, about, {"instagram": app.id}, username=username, linked=linked)
    profile.subscribed[app.id] = list(access.FIELDS["instagram"])
    network.add(profile)
    network.introduce_all(id)
    return profile


def first_profile(network: Network) -> Profile:
    return next(iter(network.profiles.values()))
