"""What the pictures show: things of a shop, faces, and what customers photograph when it went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from heard.sandbox.drawing import Canvas
from heard.sandbox.persons import digits

WIDTH, HEIGHT = 1280, 800
FACES = ("#2f5d62", "#7a4b3a", "#4a4e69", "#5b6b3a", "#8a5a83", "#3d5a80", "#9a6324", "#40695b")


def _table(wall: str, table: str) -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, wall)
    canvas.box(0, 560, WIDTH, 240, table)
    return canvas


def _mug(canvas: Canvas, x: float, colour: str, shade: str, *, scale: float = 1.0) -> None:
    top, width, height = 590 - 250 * scale, 210 * scale, 250 * scale
    canvas.oval(x + width + 10 * scale, top + height * 0.45, 70 * scale, 80 * scale, shade)
    canvas.oval(x + width + 10 * scale, top + height * 0.45, 42 * scale, 52 * scale, "#e9e2d6")
    canvas.box(x, top, width, height, colour, round_=26 * scale)
    canvas.box(x, top, width * 0.22, height, shade, round_=20 * scale)
    canvas.oval(x + width / 2, top + 8 * scale, width / 2, 22 * scale, shade)
    canvas.oval(x + width / 2, top + 10 * scale, width / 2 - 14 * scale, 15 * scale, "#4a3426")


def mug() -> Canvas:
    canvas = _table("#e9e2d6", "#c8b79c")
    for x, colour, shade in (
        (130, "#3f6f73", "#2f5659"),
        (500, "#d9a441", "#b98528"),
        (870, "#a65d4e", "#844638"),
    ):
        canvas.oval(x + 115, 600, 170, 22, "#b3a286")
        _mug(canvas, x, colour, shade)
    return canvas


def parcel() -> Canvas:
    canvas = _table("#dfe6e4", "#a9b5b1")
    canvas.oval(640, 645, 380, 34, "#94a29d")
    for x, y, width, height in ((330, 330, 420, 310), (620, 430, 330, 210)):
        canvas.box(x, y, width, height, "#c99b66", round_=6)
        canvas.box(x, y, width, 34, "#b58753", round_=6)
        canvas.box(x + width / 2 - 28, y, 56, height, "#e3c79b")
        canvas.box(x + width - 120, y + height - 90, 92, 58, "#f5f1e8", round_=4)
        for line in (14, 26, 38):
            canvas.box(x + width - 108, y + height - 90 + line, 60, 5, "#6d6a64")
    return canvas


def lamp() -> Canvas:
    canvas = _table("#29344a", "#6b4e37")
    canvas.shape([(560, 300), (800, 300), (1010, 560), (350, 560)], "#4a5468")
    canvas.oval(680, 560, 330, 26, "#d8b26a")
    canvas.box(668, 290, 24, 290, "#c9c2b4")
    canvas.oval(680, 586, 120, 20, "#8e877a")
    canvas.shape([(590, 140), (770, 140), (840, 310), (520, 310)], "#e6c98b")
    canvas.box(820, 500, 260, 26, "#8a4b40", round_=4)
    canvas.box(836, 474, 240, 26, "#41706a", round_=4)
    return canvas


def bowl() -> Canvas:
    canvas = _table("#e4e3da", "#b9ab93")
    canvas.oval(640, 640, 330, 26, "#a3957d")
    canvas.oval(640, 420, 360, 220, "#51707a")
    canvas.box(240, 180, 800, 240, "#e4e3da")
    canvas.oval(640, 420, 360, 62, "#6b8b94")
    canvas.oval(640, 424, 330, 50, "#3d565e")
    for x, y, colour in ((520, 415, "#c2643f"), (640, 400, "#d98d4a"), (750, 418, "#b4552f")):
        canvas.oval(x, y, 78, 62, colour)
    canvas.box(540, 628, 200, 18, "#415b64", round_=6)
    return canvas


def broken() -> Canvas:
    canvas = _table("#d6d3cc", "#9b8f7d")
    canvas.oval(560, 625, 330, 26, "#857a69")
    _mug(canvas, 400, "#3f6f73", "#2f5659", scale=1.2)
    canvas.shape(
        [(560, 290), (600, 400), (570, 450), (640, 560), (620, 420), (660, 370), (640, 290)], "#d6d3cc"
    )
    for points in (
        [(820, 600), (900, 560), (930, 640), (850, 650)],
        [(960, 650), (1010, 610), (1050, 660)],
        [(720, 690), (770, 650), (810, 700)],
    ):
        canvas.shape([(float(x), float(y)) for x, y in points], "#2f5659")
    return canvas


def thumb() -> Canvas:
    canvas = Canvas(240, 240, "#ffffff")
    canvas.oval(120, 120, 110, 110, "#2f6f8f")
    canvas.box(78, 112, 26, 74, "#ffffff", round_=6)
    canvas.box(110, 108, 66, 78, "#ffffff", round_=18)
    canvas.shape([(110, 120), (132, 60), (152, 66), (146, 120)], "#ffffff")
    return canvas


def face(name: str) -> Canvas:
    """A head and shoulders in the colours of the name."""
    canvas = Canvas(200, 200, FACES[int(digits("face", name, length=6)) % len(FACES)])
    skin = ("#e8c4a2", "#d9a57c", "#f0d3b8", "#b98560")[int(digits("skin", name, length=6)) % 4]
    canvas.oval(100, 205, 78, 72, "#efe9dd")
    canvas.box(84, 112, 32, 40, skin)
    canvas.oval(100, 84, 40, 48, skin)
    canvas.oval(
        100, 58, 44, 28, ("#3b2a20", "#6a4a2e", "#1f1b1a", "#a8794a")[int(digits("hair", name, length=6)) % 4]
    )
    return canvas


def sign(name: str) -> Canvas:
    """The picture of a page: a shop's awning."""
    canvas = Canvas(200, 200, "#f2ede3")
    for stripe in range(6):
        canvas.box(30 + stripe * 24, 46, 24, 44, "#2f6f6d" if stripe % 2 == 0 else "#fbf8f1")
        canvas.oval(42 + stripe * 24, 90, 12, 12, "#2f6f6d" if stripe % 2 == 0 else "#fbf8f1")
    canvas.box(40, 104, 120, 64, "#d9cfbd")
    canvas.box(52, 118, 44, 36, "#7fa3a1")
    canvas.box(112, 118, 30, 50, "#2f6f6d")
    return canvas


SCENES: dict[str, Callable[[], Canvas]] = {
    "mug": mug,
    "parcel": parcel,
    "lamp": lamp,
    "bowl": bowl,
    "broken": broken,
    "thumb": thumb,
}


@lru_cache(maxsize=64)
def png(kind: str, name: str) -> bytes | None:
    """`kind` picture, person or page; None when there is no such picture."""
    if kind == "person":
        return face(name).png()
    if kind == "page":
        return sign(name).png()
    scene = SCENES.get(name)
    return scene().png() if scene and kind == "picture" else None
