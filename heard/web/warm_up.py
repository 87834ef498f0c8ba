"""What the first to come would otherwise wait for: the modules of all pages, the screen's templates, and the words
of the saved replies."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from django.db import connection
from django.urls import get_resolver

from heard.checks.regex import compile_all
from heard.replies.index import read_beforehand
from heard.web.fragments import load

log = logging.getLogger(__name__)

HERE: Final = Path(__file__).parent
FIRST_SEEN: Final = ("tickets", "components")


def warm_up() -> None:
    """Takes seconds, so it runs beside the serving. Whoever comes meanwhile waits as long as without it."""
    try:
        _ = get_resolver().url_patterns
        for folder in FIRST_SEEN:
            for page in sorted((HERE / folder).glob("*.html")):
                load(f"{folder}/{page.name}")
    except Exception:
        # Whatever is wrong will be told to whoever asks for the page. It must not end the serving of hooks.
        log.exception("warming up failed")


def read_ahead() -> None:
    """The words of the saved replies, for the picker, and what looks at a draft."""
    try:
        read_beforehand()
        compile_all()
    except Exception:
        log.exception("the saved replies are read when somebody asks for them")
    finally:
        connection.close()  # this thread's own
