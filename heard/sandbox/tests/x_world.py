"""X in the sandbox, as it was before anybody did anything."""

from __future__ import annotations

from heard.sandbox.running import Running


def as_new(sandbox: Running) -> Running:
    sandbox.control("reset", {})
    sandbox.control("x/plan", {"plan": "pay_per_use"})
    sandbox.control("x/credits", {"reset": True})
    sandbox.control("x/stream", {"end": True, "beat_s": 20})
    return sandbox
