from __future__ import annotations

import pytest

from heard.channels.email.subjects import bare, is_forwarded, normalise


@pytest.mark.parametrize(
    "subject",
    [
        "Parcel",
        "Re: Parcel",
        "RE: re: Re : Parcel",
        "Re[2]: Parcel",
        "Re^3: parcel",
        "AW: WG: Parcel",
        "SV: Fwd: Parcel",
        "Odp: PD: Parcel",
        "Απ: Σχετ: Parcel",
        "回复：Parcel",
        "[shop-list] Re: [EXT] Parcel",
        "  Re:   Parcel ",
        "Vá: Továbbítás: Parcel",
    ],
)
def test_what_programs_put_before_a_subject_does_not_count(subject: str) -> None:
    assert normalise(subject) == "parcel"


@pytest.mark.parametrize(
    "subject", ["Reparation", "Return: where?", "Ai: what", "Parcel Re: 5", "Inet: down"]
)
def test_words_of_the_subject_stay(subject: str) -> None:
    assert bare(subject) == subject


def test_a_forwarded_mail_is_known_by_its_first_prefix() -> None:
    assert all(map(is_forwarded, ("Fwd: x", "FW: x", "WG: x", "[EXT] Fwd: Re: x", "TR : x", "Továbbítás: x")))
    assert not any(map(is_forwarded, ("Re: Fwd: x", "x", "Forward: x", "AW: WG: x")))
