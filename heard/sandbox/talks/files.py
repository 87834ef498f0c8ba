"""Files that people send one another. What the sandbox makes up itself is small and real of its kind."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Callable
from functools import lru_cache

from heard.sandbox import scenes
from heard.sandbox.talks.network import Talks

# What stands for a kind of media when nobody gave an address.
SAMPLES = {
    "image": "picture/broken.png",
    "sticker": "picture/thumb.png",
    "video": "sample/clip.mp4",
    "audio": "sample/voice.wav",
    "voice": "sample/voice.wav",
    "file": "sample/invoice.pdf",
}
TYPES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"%PDF": "application/pdf",
    b"RIFF": "audio/wav",
    b"\x00\x00\x00\x18ftyp": "video/mp4",
}


def content(talks: Talks, path: str) -> bytes | None:
    """None when there is no such file."""
    if path.startswith("upload/"):
        return talks.uploaded(path)
    return sample(path)


def sample(path: str) -> bytes | None:
    """What the sandbox has of its own; None when there is no such file."""
    folder, _, name = path.partition("/")
    if folder == "sample":
        return SAMPLE[name]() if name in SAMPLE else None
    return scenes.png(folder, name.removesuffix(".png"))


def type_of(content: bytes) -> str:
    known = (kind for start, kind in TYPES.items() if content.startswith(start))
    return next(known, "application/octet-stream")


@lru_cache
def _voice() -> bytes:
    """Half a second of a calm tone."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        beats = (round(8_000 * math.sin(at * 440 * 2 * math.pi / 8_000)) for at in range(4_000))
        sound.writeframes(b"".join(struct.pack("<h", beat) for beat in beats))
    return kept.getvalue()


@lru_cache
def _invoice() -> bytes:
    """One empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%sendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 4\n0000000000 65535 f \n" + table
    return written + head + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(written)


def _clip() -> bytes:
    """The head of an MP4 and no picture in it: what counts here is that a file arrives."""
    return b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x00\x08mdat"


SAMPLE: dict[str, Callable[[], bytes]] = {"voice.wav": _voice, "invoice.pdf": _invoice, "clip.mp4": _clip}
