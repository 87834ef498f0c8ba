"""Take the pictures of the README anew: `python setup/screenshots.py [DATA]`. Starts a demo and stops it again.

The demo is a new one, or the one whose data lie in the folder DATA.

It needs a Chromium, as the browser tests do. Pictures are WebP, so that the repository stays small.
"""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from browsers import browser
from playwright.sync_api import Page, ViewportSize, sync_playwright

HERE = Path(__file__).parent.parent
PICTURES = HERE / "docs" / "pictures"
SIZE = ViewportSize(width=1280, height=800)
QUALITY = 82
LARGEST = 150_000
PATIENT_MS = 90_000
READY = "Heard is ready: "

AT_REST = """() => new Promise((told) => {
  const look = () => (document.getAnimations().length ? requestAnimationFrame(look) : told());
  document.fonts.ready.then(look);
})"""


class NotReady(Exception):
    """Heard or a browser is not to be had; the message says which."""


@dataclass(frozen=True)
class Demo:
    link: str
    sandbox: str


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with running_demo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.set_default_timeout(PATIENT_MS)
        page.goto(demo.link)  # signs in by itself
        page.locator("#rows .row").first.wait_for()
        _take(page, "inbox")
        page.locator("#rows .row-link").nth(8).click()  # one that can still be answered
        page.locator("#ticket .ticket .message").first.wait_for()
        _take(page, "ticket")
        page.goto(demo.sandbox)
        page.locator("main").wait_for()
        _take(page, "sandbox")
        browser.close()


@contextmanager
def running_demo() -> Iterator[Demo]:
    """Raises NotReady."""
    port, sandbox_port = _free_port(), _free_port()
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    with tempfile.TemporaryDirectory() as fresh:
        folder = sys.argv[1] if len(sys.argv) > 1 else fresh
        program = subprocess.Popen(
            [
                sys.executable, "-m", "heard", "up", "--demo", "--data", folder,
                "--port", str(port), "--sandbox-port", str(sandbox_port),
            ],
            cwd=HERE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env={**os.environ, "HEARD_SANDBOX_URL": sandbox},
            text=True,
        )  # fmt: skip
        try:
            yield Demo(_link(program), sandbox)
        finally:
            program.terminate()
            program.wait()


def _link(program: subprocess.Popen[str]) -> str:
    for line in program.stdout or ():
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
    raise NotReady(f"heard up ended with {program.wait()}.")


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle" if name == "sandbox" else "load")
    page.evaluate(AT_REST)  # not wait_for_function: the pages' policy lets nobody evaluate texts
    asked = {"format": "webp", "quality": QUALITY}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    content = base64.b64decode(taken["data"])
    if len(content) > LARGEST:
        raise NotReady(f"The picture {name} has {len(content):,} bytes, more than {LARGEST:,}.")
    (PICTURES / f"{name}.webp").write_bytes(content)
    print(f"{name}: {len(content):,} bytes")


def _chromium() -> str:
    found = browser()
    if found is None:
        raise NotReady("No Chromium was found. On Debian and Ubuntu: apt install chromium")
    return found


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


if __name__ == "__main__":
    main()
