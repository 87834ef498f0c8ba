"""How a text reads once it is filled in: with ordinary values for a preview, and without any to be used elsewhere."""

from __future__ import annotations

from heard.placeholders.fill import Filled, fill
from heard.replies.samples import sample_values
from heard.replies.ways import Way


def with_samples(text: str, way: Way) -> Filled:
    """Raises WrongWording."""
    return fill(text, sample_values(way.language), language=way.language, formality=way.formality)


def without_placeholders(text: str, way: Way) -> str:
    """For use elsewhere: a name that is not known is left out, anything else is a blank to fill in by hand.

    Raises WrongWording.
    """
    filled = fill(text, {}, language=way.language, formality=way.formality)
    pieces, end = [], 0
    for blank in filled.missing:
        pieces += [filled.text[end : blank.start], f"[{blank.name.replace('_', ' ').replace('.', ' ')}]"]
        end = blank.end
    return "".join([*pieces, filled.text[end:]])
