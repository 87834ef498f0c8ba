"""What the first to come would wait for is there before."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
import django
django.setup()
from django.template import engines
from heard.web.warm_up import warm_up

warm_up()
held = {name for _, name in engines["jinja2"].env.cache.keys()}
assert {"tickets/page.html", "tickets/_row.html", "components/rail.html"} <= held, held
import sys
assert "heard.web.tickets.views" in sys.modules
"""


def test_the_screen_is_compiled_before_anybody_asks() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
