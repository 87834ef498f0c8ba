import sys
import time

import pytest

from bench.load.words import vocabulary
from bench.picker import LANGUAGES, _load
from heard.replies.find import find
from heard.replies.index import index_of
from heard.replies.suggest import suggest
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def test_t(bea):
    def p(*a):
        print(*a, file=sys.stderr, flush=True)

    t = time.perf_counter()
    words = {l: vocabulary(l)[:9000] for l in LANGUAGES}
    p("vocab", time.perf_counter() - t)
    t = time.perf_counter()
    one = _load(bea, words)
    p("load", time.perf_counter() - t)
    t = time.perf_counter()
    with index_of(bea.workspace) as index:
        p("index", time.perf_counter() - t, len(index.words), len(index.stems))
    for name, run in {
        "suggest": lambda: suggest(bea, " ".join(words["en"][200:230]), language="en", now=NOON),
        "find ''": lambda: find(bea, "", now=NOON),
        "find a": lambda: find(bea, "a", now=NOON),
        "word": lambda: find(bea, words["en"][300], now=NOON),
    }.items():
        for i in range(3):
            t = time.perf_counter()
            c = time.process_time()
            run()
            p(
                name,
                round(1000 * (time.perf_counter() - t)),
                "ms",
                round(1000 * (time.process_time() - c)),
                "cpu",
            )
