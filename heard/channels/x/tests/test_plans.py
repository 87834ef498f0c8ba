"""What connects an account, and what its plan allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from heard.channels.contract import Count, Kind, NewPost, Outgoing
from heard.channels.x.channel import X
from heard.channels.x.credentials import XApp, XCredentials

OLD = {"api_key": "k", "api_secret": "s", "user_token": "t", "user_token_secret": "ts"}
NEW = {"access_token": "a"}


def given(**fields: Any) -> XCredentials:
    return XCredentials.model_validate({"account": "111", "told_by": "polling"} | fields)


def test_either_way_of_acting_is_enough() -> None:
    assert given(**OLD).user_token
    assert given(**NEW).access_token


@pytest.mark.parametrize("missing", OLD)
def test_oauth_1_needs_all_four_keys(missing: str) -> None:
    with pytest.raises(ValidationError, match="all four"):
        given(**(OLD | {missing: ""}))


def test_hooks_need_the_bearer_token_and_the_secret() -> None:
    with pytest.raises(ValidationError, match="polling"):
        given(**NEW, told_by="hooks", bearer_token="b")
    assert given(**NEW, told_by="hooks", bearer_token="b", api_secret="s").by_hooks


@pytest.mark.parametrize("wrong", [{"plan": "free"}, {"told_by": "pigeon"}])
def test_what_is_not_known_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="is one of"):
        given(**NEW, **wrong)


def test_an_app_without_hooks_asks() -> None:
    assert XApp.model_validate({"client_id": "c", "client_secret": "s"}).told_by == "polling"


def test_a_plan_decides_what_is_allowed_and_paid() -> None:
    pay, basic, contract = (X().abilities_for(plan) for plan in ("pay_per_use", "basic", "enterprise"))
    assert [one.pays_per_call for one in (pay, basic, contract)] == [True, False, False]
    assert [one.answers_all for one in (pay, basic, contract)] == [False, False, True]
    assert [bool(one.likes) for one in (pay, basic, contract)] == [False, False, True]
    assert pay.counts_of(Kind.MENTION) is Count.WEIGHTED
    assert pay.counts_of(Kind.DIRECT) is Count.CHARACTERS


def _reply(text: str, **rest: Any) -> Outgoing:
    return Outgoing(**({"kind": Kind.MENTION, "text": text, "to": "1", "token": "t"} | rest))


@pytest.mark.parametrize(
    ("asked", "price"),
    [
        (_reply("Hi"), "0.010"),
        (_reply("See example.com"), "0.200"),
        (_reply("See example.com", kind=Kind.DIRECT), "0.015"),
        (_reply("Hi", private_reply=True), "0.020"),
        (NewPost(text="Hi", token="t"), "0.015"),
        (NewPost(text="https://example.com", token="t"), "0.200"),
        ("repost", "0.015"),
        ("match", "0.005"),
        ("wink", "0"),
    ],
)
def test_a_call_costs_what_x_takes(asked: Any, price: str) -> None:
    assert X().price(asked) == Decimal(price)
