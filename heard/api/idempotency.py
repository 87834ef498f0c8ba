"""One effect for one Idempotency-Key, also when the same call comes twice at the same moment.

The key's row, what the call does and its answer are one transaction. Who comes second waits at the
unique key of the database until the first is done, and is then told the same. A call that was refused
leaves nothing behind, not even its key.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from heard.api.asking import ApiRequest
from heard.api.models import IdempotentCall
from heard.api.problems import KEY_REUSED, SAME_CALL_RUNNING, Problem, later, wrong
from heard.workspaces.models import ApiToken

Operation = Callable[..., HttpResponse]
KEPT: Final = timedelta(hours=24)
KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")


def once(operation: Operation) -> Operation:
    @wraps(operation)
    def run(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if request.method != "POST" or key is None:
            return operation(request, *args, **kwargs)
        if not KEY.fullmatch(key):
            raise wrong("header.Idempotency-Key", "bad_key", _("1 to 200 visible ASCII characters."))
        with transaction.atomic():
            call, made = _claimed(request, key, now=timezone.now())
            return _done(call, operation(request, *args, **kwargs)) if made else _told(call, request)

    return run


def forget_calls(*, now: datetime) -> int:
    """Delete what is older than a day. Gives how many."""
    return IdempotentCall.objects.filter(at__lt=now - KEPT).delete()[0]


def _claimed(request: ApiRequest, key: str, *, now: datetime) -> tuple[IdempotentCall, bool]:
    token = ApiToken.objects.visible_to(request.agent).get(secret_hash=request.token_hash)
    named = IdempotentCall.objects.filter(token=token, key=key)
    named.filter(at__lt=now - KEPT).delete()
    try:
        return named.get_or_create(
            token=token,
            key=key,
            defaults={
                "workspace_id": request.agent.workspace_id,
                "fingerprint": _fingerprint(request),
                "at": now,
            },
        )
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise later(SAME_CALL_RUNNING, _("Ask again in a moment."), seconds=1) from error
        raise


def _done(call: IdempotentCall, response: HttpResponse) -> HttpResponse:
    call.status, call.body = response.status_code, response.content
    call.save(update_fields=["status", "body"])
    return response


def _told(call: IdempotentCall, request: ApiRequest) -> HttpResponse:
    if call.fingerprint != _fingerprint(request):
        raise Problem(KEY_REUSED, _("Take a new key for a new call."))
    return HttpResponse(
        bytes(call.body),
        status=call.status,
        content_type="application/json",
        headers={"Idempotency-Replayed": "true"},
    )


def _fingerprint_of_form(request: ApiRequest) -> str:
    """The line between the parts of a form is another one with every call."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}".encode())
    for name, values in sorted(request.POST.lists()):
        found.update(json.dumps([name, values]).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = hashlib.sha256(b"".join(file.chunks())).hexdigest()
            file.seek(0)
            found.update(json.dumps([name, file.name, content]).encode())
    return found.hexdigest()


def _fingerprint(request: ApiRequest) -> str:
    """Of what was asked, not of how it was typed: spaces and the order of fields do not count."""
    if request.content_type == "multipart/form-data":
        return _fingerprint_of_form(request)
    body = json.dumps(json.loads(request.body or b"null"), sort_keys=True)
    return hashlib.sha256(f"{request.method} {request.get_full_path()} {body}".encode()).hexdigest()
