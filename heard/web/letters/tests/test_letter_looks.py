"""A letter in a real browser: nothing in it runs, it fits, and the answer goes to whom the agent left in."""

from __future__ import annotations

from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Request, ViewportSize, expect

from heard.tickets.models import Message
from heard.web.letters.tests.mailed import a_letter, a_mailbox
from heard.workspaces.models import Agent
from tests.looks import fit, fit_in_the_dark
from tests.visitors import signed_in

NARROW = ViewportSize(width=360, height=740)
EVIL = """
<p>Dear all, <b>where</b> is it?</p><script>alert(1)</script><img src=x onerror=alert(2)>
<svg onload=alert(3)></svg><a href="javascript:alert(4)">here</a><iframe srcdoc="<script>alert(5)</script>"></iframe>
<img src="https://spy.example/pixel.png" width="600" height="20"><form action="https://spy.example"><input></form>
<style>@import url(https://spy.example/a.css); body{background:url(https://spy.example/b.png)}</style>
<div style="background:url(https://spy.example/c.png);position:fixed;top:0">cover</div>
<meta http-equiv="refresh" content="0;url=https://spy.example"><base href="https://spy.example/">
<table width="900"><tr><td>wide</td></tr></table>
"""


def test_a_letter_is_read_and_answered_and_nothing_in_it_runs(
    browser: Browser, site: str, bea: Agent
) -> None:
    letter = a_letter(a_mailbox(bea), EVIL, now=timezone.now())
    context = browser.new_context(base_url=site, viewport=NARROW)
    session = signed_in(bea).cookies["heard_session"].value
    context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
    page = context.new_page()
    page.set_default_timeout(90_000)
    dialogs: list[Dialog] = []
    elsewhere: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog))  # playwright marks what it is given

    def note(request: Request) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            elsewhere.append(request.url)

    page.on("request", note)
    page.goto(f"/tickets/{letter.ticket.number}")
    expect(page.get_by_text("Sender not verified")).to_be_visible()
    page.get_by_text("As it was sent").click()
    frame = page.frame_locator(".letter-frame")
    expect(frame.get_by_text("where")).to_be_visible()
    page.get_by_role("link", name="picture").click()
    expect(page.locator(".letter-frame")).not_to_have_css("block-size", "384px")
    assert fit(page, "letter") == []
    assert fit_in_the_dark(page, "letter") == []

    expect(page.get_by_label("Petr")).to_be_checked()
    page.get_by_label("Petr").uncheck()
    page.locator("#text-private").fill("It left this morning.")
    page.locator("#send-private").click()
    expect(page.locator(".message-out")).to_contain_text("It left this morning.")

    context.close()
    assert (dialogs, elsewhere) == ([], [])
    answer = Message.objects.get(direction="out")
    assert answer.copies == []
    assert answer.subject.startswith("Re: Where is my parcel? [HRD-")
