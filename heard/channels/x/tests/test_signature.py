from __future__ import annotations

import json

import pytest
from pydantic import SecretStr

from heard.channels.contract import BadSignature, Hook
from heard.channels.x import signature
from heard.channels.x.oauth1 import Keys, authorization

SECRET = SecretStr("sim-secret")
BODY = rb'{"text":"\u0417\u0434\u0440\u0430\u0432\u0435\u0439 \u00e4 \ud83d\udc4b"}'
SIGNED = "sha256=an1YpYntuoXZZYTrKwyt2lx+GnLp+qsN5aLAars+BGY="
NONCE = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"
KEYS = Keys(
    key=SecretStr("xvz1evFS4wEEPTGEFPHBog"),
    secret=SecretStr("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw"),
    token=SecretStr("370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
    token_secret=SecretStr("LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"),
)


def a_call(body: bytes, given: str) -> Hook:
    return Hook("POST", {}, {signature.HEADER: given}, body)


def test_the_known_body_has_the_known_signature() -> None:
    assert signature.sign(BODY, SECRET) == SIGNED
    signature.verify(a_call(BODY, SIGNED), SECRET)


@pytest.mark.parametrize("given", ["", "sha256=", SIGNED.lower(), SIGNED[:-2], "ä"])
def test_another_signature_is_refused(given: str) -> None:
    with pytest.raises(BadSignature):
        signature.verify(a_call(BODY, given), SECRET)


def test_without_a_secret_nothing_is_believed() -> None:
    with pytest.raises(BadSignature):
        signature.verify(a_call(BODY, SIGNED), None)


def test_the_challenge_is_answered_with_the_secret() -> None:
    answer = signature.challenge(Hook("GET", {"crc_token": "crc-token-1"}, {}, b""), SECRET)
    assert answer is not None
    assert answer.status == 200
    assert json.loads(answer.body) == {
        "response_token": "sha256=LkHUK11R2IIdhz6q66O00T0osJR0ncB9eQ4ierOwbtQ="
    }


def test_a_delivery_is_no_challenge() -> None:
    assert signature.challenge(a_call(BODY, SIGNED), SECRET) is None


def test_a_challenge_without_a_token_is_refused() -> None:
    answer = signature.challenge(Hook("GET", {}, {}, b""), SECRET)
    assert answer is not None
    assert answer.status == 403


def test_a_form_is_signed_as_x_documents() -> None:
    said = authorization(
        KEYS,
        "POST",
        "https://api.x.com/1.1/statuses/update.json?include_entities=true",
        form={"status": "Hello Ladies + Gentlemen, a signed OAuth request!"},
        nonce=NONCE,
        timestamp=1318622958,
    )
    assert 'oauth_signature="Ls93hJiZbQ3akF3HF3x1Bz8%2FzU4%3D"' in said


def test_json_is_not_signed() -> None:
    said = authorization(KEYS, "POST", "https://api.x.com/2/tweets", nonce=NONCE, timestamp=1318622958)
    assert 'oauth_signature="lr%2BtV%2FDKclEvXKVjG6tgaSSLV0k%3D"' in said
