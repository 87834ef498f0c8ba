from __future__ import annotations

import hashlib
import hmac

import pytest
from pydantic import SecretStr, ValidationError

from heard.channels.contract import Answer, BadSignature, Hook
from heard.channels.facebook.credentials import FacebookCredentials
from heard.channels.meta.signature import challenge, verify

BODY = rb'{"text":"\u0417\u0434\u0440\u0430\u0432\u0435\u0439 \u00e4 \ud83d\udc4b"}'
SIGNATURE = "sha256=6a7d58a589edba85d96584eb2b0cadda5c7e1a72e9faab0de5a2c06abb3e0466"
SECRET, OTHER = SecretStr("sim-secret"), SecretStr("other-secret")


def a_call(body: bytes = BODY, signature: str = SIGNATURE) -> Hook:
    return Hook("POST", {}, {"x-hub-signature-256": signature}, body)


def test_the_signature_of_the_raw_bytes_is_accepted() -> None:
    verify(a_call(), [SECRET])


def test_the_previous_secret_is_accepted_while_secrets_change() -> None:
    verify(a_call(), [OTHER, SECRET])


@pytest.mark.parametrize(
    "hook",
    [
        a_call(signature=""),
        a_call(signature="sha256="),
        a_call(signature=SIGNATURE[:-1] + "7"),
        a_call(signature=SIGNATURE.removeprefix("sha256=")),
        a_call(signature=SIGNATURE.upper()),
        a_call(signature=SIGNATURE + " "),
        a_call(signature="sha256=é"),
        a_call(BODY + b" "),
        a_call(BODY.replace(rb"\u00e4", "ä".encode())),
        Hook("POST", {}, {"x-hub-signature": SIGNATURE.replace("sha256", "sha1")}, BODY),
        Hook("POST", {}, {}, BODY),
    ],
)
def test_any_other_signature_is_refused(hook: Hook) -> None:
    with pytest.raises(BadSignature):
        verify(hook, [SECRET, None])


def test_an_empty_secret_accepts_nothing() -> None:
    forged = "sha256=" + hmac.new(b"", BODY, hashlib.sha256).hexdigest()
    with pytest.raises(BadSignature):
        verify(a_call(signature=forged), [SecretStr(""), None])


def test_an_empty_secret_cannot_be_entered() -> None:
    form = {"account": "1", "page_token": "t", "app_id": "1", "verify_token": "v"}
    with pytest.raises(ValidationError):
        FacebookCredentials.model_validate(form | {"app_secret": ""})
    entered = FacebookCredentials.model_validate(form | {"app_secret": "s", "previous_app_secret": ""})
    assert entered.previous_app_secret is None


def asked(**query: str) -> Hook:
    return Hook("GET", {name.replace("__", "."): value for name, value in query.items()}, {}, b"")


def test_the_challenge_comes_back_as_plain_text() -> None:
    hook = asked(hub__mode="subscribe", hub__challenge="1158201444", hub__verify_token="verify-me")
    assert challenge(hook, SecretStr("verify-me")) == Answer(200, b"1158201444")


@pytest.mark.parametrize(
    "hook",
    [
        asked(hub__mode="subscribe", hub__challenge="1", hub__verify_token="wrong"),
        asked(hub__mode="subscribe", hub__challenge="1"),
        asked(hub__mode="unsubscribe", hub__challenge="1", hub__verify_token="verify-me"),
        asked(),
    ],
)
def test_a_wrong_verify_token_is_refused(hook: Hook) -> None:
    answer = challenge(hook, SecretStr("verify-me"))
    assert answer is not None
    assert answer.status == 403


def test_an_empty_verify_token_matches_nothing() -> None:
    answer = challenge(asked(hub__mode="subscribe", hub__verify_token=""), SecretStr(""))
    assert answer is not None
    assert answer.status == 403


def test_a_delivery_is_no_challenge() -> None:
    assert challenge(a_call(), SecretStr("verify-me")) is None
