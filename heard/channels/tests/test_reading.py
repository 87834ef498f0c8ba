from __future__ import annotations

import pytest

from heard.channels.contract import Unreadable
from heard.channels.reading import MAX_DEPTH, read_json


def test_depth_is_refused_and_brackets_in_texts_or_side_by_side_are_not() -> None:
    def nested(depth: int) -> bytes:
        return b"[" * depth + b"1" + b"]" * depth

    for fine in (nested(MAX_DEPTH), b'["' + b"[{" * MAX_DEPTH + b'"]', b"[" + b"[]," * MAX_DEPTH + b"[]]"):
        read_json(fine)
    for deep in (nested(MAX_DEPTH + 1), b'["\\"",' + nested(MAX_DEPTH) + b"]", nested(100_000)):
        with pytest.raises(Unreadable, match="nested deeper"):
            read_json(deep)
