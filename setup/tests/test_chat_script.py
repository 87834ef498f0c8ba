from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from chat_script import SMALL, small

MOST_BYTES = 20_000


def test_the_window_is_what_its_sources_say_and_small() -> None:
    """Otherwise: `python -m setup.chat_script`."""
    assert SMALL.read_text() == small()
    assert SMALL.stat().st_size < MOST_BYTES
