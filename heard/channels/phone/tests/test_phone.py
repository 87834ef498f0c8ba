from __future__ import annotations

import pytest

from heard.channels.contract import BadSignature, Credentials, Hook, Ignored, Kind, Outgoing, Rejected
from heard.channels.phone.channel import Phone
from heard.channels.registry import CHANNELS, channel
from heard.channels.tests.wire import HttpWire

CREDENTIALS = Credentials(account="calls")


def test_it_is_known_but_is_no_network() -> None:
    assert isinstance(channel("phone"), Phone)
    assert "phone" not in CHANNELS


def test_nobody_can_call_for_it() -> None:
    with pytest.raises(BadSignature):
        Phone().verify(Hook("POST", {}, {}, b"{}"), CREDENTIALS)
    assert isinstance(Phone().parse(Hook("POST", {}, {}, b"{}"))[0], Ignored)


def test_nothing_is_sent() -> None:
    call = Outgoing(kind=Kind.CALL, text="Hello", to="+420601123456", token="t")

    with pytest.raises(Rejected):
        Phone().send(call, HttpWire(CREDENTIALS))
    assert Phone().inspect(HttpWire(CREDENTIALS)).external_id == "calls"
