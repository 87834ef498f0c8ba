"""Python looks for garbage after every 700 new objects, and a page or a batch makes a hundred thousand.

Measured on the intake: a sixth of its time. What a program has loaded when it is ready lives as long as it does, so
it is set aside; for the rest it is enough to look now and then.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 100


def look_rarely() -> None:
    """Call it once, when everything is loaded."""
    gc.collect()
    set_aside()


def set_aside() -> None:
    """The same where nobody looked for garbage before, and nothing of what was loaded can be any."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
