"""What the forms on the pages do: the same verbs that the control API has, as the person being played."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.ground import Ground
from heard.sandbox.pages.render import render
from heard.sandbox.pages.visitor import back, from_our_pages, handle_of, visitor
from heard.sandbox.wish import BadWish, Verb, Wish

ALLOWED = {"say", "open", "edit", "delete", "react", "read", "press", "block"}


class Play:
    def __init__(self, ground: Ground, verbs: Mapping[str, Mapping[str, Verb]]) -> None:
        self.ground, self.verbs = ground, verbs

    async def verb(self, request: Request) -> Response:
        slug, name = request.path_params["network"], request.path_params["verb"]
        verb = self.verbs.get(slug, {}).get(name)
        if verb is None or name not in ALLOWED:
            return Response("Not found", status_code=404)
        return await self._acting(request, partial(self._act, verb, visitor(request)))

    def _act(self, verb: Verb, who: str, form: FormData) -> Response:
        with self.ground.storage.together():
            verb.act(Wish(_values(form, who), verb.fields))
        return back(str(form.get("back") or "/"))

    async def retry(self, request: Request) -> Response:
        """Tries again at once what could not be delivered."""

        def act(form: FormData) -> Response:
            for slug in self.verbs:
                self.ground.engine.hurry(slug)
            return back(str(form.get("back") or "/"))

        return await self._acting(request, act)

    async def become(self, request: Request) -> Response:
        """Another person, known or new."""

        def act(form: FormData) -> Response:
            name = str(form.get("name") or "").strip()
            who = handle_of(name) if name else str(form.get("who") or "")
            if not who:
                raise BadWish("Choose somebody, or type a name.")
            known = who in self.ground.cast
            self.ground.cast.person(who, name="" if known else name)
            return back(str(form.get("back") or "/"), who=who)

        return await self._acting(request, act)

    async def _acting(self, request: Request, act: Callable[[FormData], Response]) -> Response:
        if not from_our_pages(request):
            return Response("This form belongs to another page.", status_code=403)
        async with request.form() as form:
            try:
                answer = act(form)
            except BadWish as problem:
                context = {"problem": problem.sentence, "back": str(form.get("back") or "/")}
                return render(request, "problem.html", context, status=problem.status)
        return answer


def _values(form: FormData, who: str) -> dict[str, object]:
    """Text fields as they stand; the few that are not texts in the form the verbs expect."""
    values: dict[str, object] = {
        name: value for name, value in form.items() if isinstance(value, str) and value and name != "back"
    }
    values["as"] = who
    if photo := values.pop("photo", None):
        values["media"] = [{"kind": str(photo)}]
    if "stars" in values:
        values["stars"] = int(str(values["stars"]))
    for name in ("remove", "recommends", "blocked"):
        if name in values:
            values[name] = values[name] == "yes"
    return values
