"""The rules of the filtered stream, and the stream itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from heard.channels.x.simulator import moment, problem
from heard.sandbox.answers import Json
from heard.sandbox.talks.endpoint import Call
from heard.sandbox.x.caller import Caller
from heard.sandbox.x.matching import BadQuery, read
from heard.sandbox.x.refusals import forbidden, invalid
from heard.sandbox.x.things import Rule

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

LONGEST, MOST = 1_024, 1_000


def _app_only(caller: Caller) -> None:
    if caller.account is not None:
        raise forbidden("This endpoint needs OAuth 2.0 Application-Only.", "unsupported-authentication")


def listed(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    _app_only(caller)
    found = [_rule(one) for one in twin.held.rules.values()]
    meta = {"sent": moment(twin.now()), "result_count": len(found)}
    return {"data": found, "meta": meta} if found else {"meta": meta}


def _rule(one: Rule) -> dict[str, Any]:
    return {"id": one.id, "value": one.value} | ({"tag": one.tag} if one.tag else {})


def change(twin: XTwin, caller: Caller, call: Call) -> Response:
    _app_only(caller)
    if isinstance(wish := call.body.get("delete"), dict):
        return Json(_delete(twin, wish))
    if isinstance(wish := call.body.get("add"), list):
        return Json(_add(twin, wish, dry=call.body.get("dry_run") == "true"), status_code=201)
    raise invalid("add or delete is needed")


def _delete(twin: XTwin, wish: dict[str, Any]) -> dict[str, Any]:
    ids, values = set(wish.get("ids", [])), set(wish.get("values", []))
    gone = [one for one in twin.held.rules.values() if one.id in ids or one.value in values]
    for one in gone:
        twin.held.forget(one)
    return {"meta": {"sent": moment(twin.now()), "summary": {"deleted": len(gone), "not_deleted": 0}}}


def _add(twin: XTwin, wish: list[Any], *, dry: bool) -> dict[str, Any]:
    """One bad rule, and none of the call is taken."""
    errors = [error for one in wish if (error := _wrong(twin, one))]
    made = (
        [Rule(twin.held.new_id(), one["value"], str(one.get("tag", ""))) for one in wish]
        if not errors
        else []
    )
    for rule in made if not dry else []:
        twin.held.add(rule)
    summary = {
        "created": len(made),
        "not_created": len(wish) - len(made),
        "valid": len(made),
        "invalid": len(errors),
    }
    said: dict[str, Any] = {"meta": {"sent": moment(twin.now()), "summary": summary}}
    if made:
        said["data"] = [_rule(one) for one in made]
    return said | ({"errors": errors} if errors else {})


def _wrong(twin: XTwin, wish: Any) -> dict[str, Any] | None:
    value = wish.get("value") if isinstance(wish, dict) else None
    if not isinstance(value, str) or len(value) > LONGEST:
        return problem(400, "UnprocessableEntity", "Rule is missing or too long.", "invalid-rules")
    if len(twin.held.rules) >= MOST:
        return problem(400, "RulesCapExceeded", "Rules cap exceeded.", "rule-cap")
    if any(rule.value == value for rule in twin.held.rules.values()):
        return {**problem(400, "DuplicateRule", "Duplicate rule.", "duplicate-rules"), "value": value}
    try:
        read(value)
    except BadQuery as bad:
        said = problem(400, "UnprocessableEntity", str(bad), "invalid-rules")
        return {**said, "value": value, "details": [str(bad)]}
    return None


def stream(twin: XTwin, caller: Caller, call: Call) -> Response:
    _app_only(caller)
    return twin.stream.open(call.body)
