"""A customer's name, in as many pieces as somebody knows for certain."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """`full` as the network or an agent has it; the pieces where somebody knows which is which.

    `gender` is what somebody was told, "male" or "female"; never a guess from a picture.
    """

    full: str
    first: str = ""
    family: str = ""
    gender: str = ""
