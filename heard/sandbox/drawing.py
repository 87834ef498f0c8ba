"""Small pictures drawn by ourselves: a canvas of flat colours, and PNG out of it."""

from __future__ import annotations

import math
import struct
import zlib

Colour = str  # "#rrggbb"


class Canvas:
    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.width, self.height = width, height
        self._palette: list[Colour] = [ground]
        self._rows = [bytearray(width) for _ in range(height)]

    def _ink(self, colour: Colour) -> int:
        if colour not in self._palette:
            self._palette.append(colour)
        return self._palette.index(colour)

    def _span(self, y: int, left: float, right: float, ink: int) -> None:
        start, end = max(0, round(left)), min(self.width, round(right))
        if 0 <= y < self.height and end > start:
            self._rows[y][start:end] = bytes([ink]) * (end - start)

    def box(
        self, x: float, y: float, width: float, height: float, colour: Colour, *, round_: float = 0
    ) -> None:
        ink = self._ink(colour)
        for line in range(round(y), round(y + height)):
            from_edge = min(line - y, y + height - 1 - line)
            inset = 0.0
            if from_edge < round_:
                inset = round_ - math.sqrt(max(0, round_**2 - (round_ - from_edge) ** 2))
            self._span(line, x + inset, x + width - inset, ink)

    def oval(self, x: float, y: float, half_width: float, half_height: float, colour: Colour) -> None:
        ink = self._ink(colour)
        for line in range(round(y - half_height), round(y + half_height) + 1):
            reach = 1 - ((line - y) / half_height) ** 2
            if reach > 0:
                half = half_width * math.sqrt(reach)
                self._span(line, x - half, x + half, ink)

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """A polygon."""
        ink = self._ink(colour)
        edges = list(zip(points, points[1:] + points[:1], strict=True))
        for line in range(round(min(y for _, y in points)), round(max(y for _, y in points)) + 1):
            crossings = sorted(
                x1 + (line - y1) * (x2 - x1) / (y2 - y1)
                for (x1, y1), (x2, y2) in edges
                if min(y1, y2) <= line < max(y1, y2)
            )
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                self._span(line, left, right, ink)

    def png(self) -> bytes:
        palette = b"".join(bytes.fromhex(colour[1:]) for colour in self._palette)
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\x00" + bytes(row) for row in self._rows), 6)
        parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
