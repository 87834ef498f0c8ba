from __future__ import annotations

import dataclasses
import inspect
import sys
from dataclasses import dataclass

import pytest

from heard.commands.methods_later import make_methods_later


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="Python makes them together by itself")
def test_methods_are_made_when_called_and_do_what_they_always_do(monkeypatch: pytest.MonkeyPatch) -> None:
    # Put back as it was when this test is over.
    monkeypatch.setattr(dataclasses, "_create_fn", dataclasses._create_fn)  # type: ignore[attr-defined]
    make_methods_later()
    make_methods_later()

    @dataclass(frozen=True, slots=True, order=True)
    class Parcel:
        number: int
        late: bool = False

    @dataclass(frozen=True)
    class Weighed(Parcel):
        grams: int = 0

    waiting = Parcel.__eq__
    for _ in range(2):
        assert Parcel(1) == Parcel(1) != Parcel(2)
        assert Parcel(1) < Parcel(2)
        assert len({Parcel(1), Parcel(1), Weighed(1)}) == 2
        assert repr(Weighed(1, True, 5)).endswith("Weighed(number=1, late=True, grams=5)")
        with pytest.raises(dataclasses.FrozenInstanceError):
            Weighed(1).number = 2  # type: ignore[misc]
        with pytest.raises(dataclasses.FrozenInstanceError):
            del Parcel(1).number
    assert Parcel.__eq__ is not waiting
    assert list(inspect.signature(Parcel).parameters) == ["number", "late"]
