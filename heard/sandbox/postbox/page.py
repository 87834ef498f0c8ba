"""A mail program as a customer has one: what was written, what came back, and room to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.pages.render import POLICY, render
from heard.sandbox.pages.site import Site
from heard.sandbox.pages.visitor import back, from_our_pages, visitor
from heard.sandbox.postbox.mime import File
from heard.sandbox.postbox.things import Letter
from heard.sandbox.postbox.verbs import Mail, addresses, mailbox_named, write
from heard.sandbox.wish import BadWish

if TYPE_CHECKING:
    from heard.sandbox.postbox.twin import Postbox

NEWEST, CONVERSATIONS = 50, 40
# A mail's pictures and styles are its own; nothing in it runs, and nothing is fetched for it.
ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


async def program(site: Site, twin: Postbox, request: Request) -> Response:
    mailbox = twin.held.mailboxes.get(request.query_params.get("page", "")) or twin.held.first_mailbox()
    context = site.frame(request, "email", heard=bool(mailbox.hook_url), page=mailbox.address)
    mine = sorted(twin.held.in_program_of(context["me"].handle), key=lambda one: one.at)
    threads: dict[str, list[Letter]] = {}
    for one in mine:
        threads.setdefault(one.thread, []).append(one)
    newest_first = sorted(threads.values(), key=lambda some: some[-1].at, reverse=True)
    shown = threads.get(request.query_params.get("thread", ""), [])
    answer = render(
        request,
        "mail.html",
        {
            **context,
            "page": mailbox,
            "mailboxes": list(twin.held.mailboxes.values()),
            "address": twin.held.address(context["me"].handle),
            "threads": newest_first[:CONVERSATIONS],
            "shown": shown[-NEWEST:],
            "others_of": lambda letter: _others(twin, letter, context["me"].handle),
            "quoted": quote,
        },
    )
    answer.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return answer


def _others(twin: Postbox, letter: Letter, me: str) -> list[str]:
    """Who gets the answer to all, beside the writer of what is answered."""
    mine = twin.held.address(me)
    named = dict.fromkeys([*letter.to, *letter.cc])
    return [one for one in named if one not in (mine, letter.address) and not twin.held.mailbox_at(one)]


async def send(twin: Postbox, request: Request) -> Response:
    if not from_our_pages(request):
        return Response("This form belongs to another page.", status_code=403)
    async with request.form(max_part_size=30 * 1024 * 1024) as form:
        try:
            letter = write(twin, await _typed(twin, form, visitor(request)))
        except BadWish as problem:
            shown = {"problem": problem.sentence, "back": _text(form, "back") or "/mail"}
            return render(request, "problem.html", shown, status=problem.status)
    kept = twin.held.of(letter.handle, letter.id)
    return back(f"/mail?thread={quote(kept.thread if kept else letter.id)}")


async def _typed(twin: Postbox, form: FormData, handle: str) -> Mail:
    """Raises BadWish."""
    answers = twin.held.of(handle, _text(form, "reply_to")) if form.get("reply_to") else None
    to = [answers.address] if answers else addresses(_text(form, "to"))
    if answers and not answers.from_company and answers.handle == handle:
        to = [answers.mailbox]  # a further mail below one's own
    typed = Mail(
        handle,
        _text(form, "text").replace("\r\n", "\n"),
        subject=_text(form, "subject"),
        to=to or [mailbox_named(twin, "").address],
        cc=addresses(_text(form, "cc")),
        files=[one async for one in _files(form)],
        answers=answers,
    )
    if not typed.text.strip() and not typed.files:
        raise BadWish("Write something, or attach a file.")
    return typed


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


async def _files(form: FormData) -> Any:
    for one in form.getlist("file"):
        if isinstance(one, UploadFile) and one.filename:
            kind = one.content_type or ""
            known = kind if kind.count("/") == 1 else "application/octet-stream"
            yield File(one.filename.rpartition("/")[2], await one.read(), known)


async def html(twin: Postbox, request: Request) -> Response:
    """One mail as its writer made it, alone in a frame."""
    letter = twin.held.of(visitor(request), request.path_params["id"])
    if letter is None or not letter.html:
        return Response("Not found", status_code=404)
    headers = {**SAFE, "Content-Security-Policy": ALONE}
    return Response(
        letter.html.encode("utf-8", "replace"), headers=headers, media_type="text/html; charset=utf-8"
    )


async def file(twin: Postbox, request: Request) -> Response:
    content = twin.held.uploaded(request.path_params["path"])
    if content is None:
        return Response("Not found", status_code=404)
    headers = {**SAFE, "Content-Security-Policy": ALONE, "Content-Disposition": "attachment"}
    return Response(content, headers=headers, media_type="application/octet-stream")
