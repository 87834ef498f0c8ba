"""Mails that are encrypted or signed: what can be said of them without their keys."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from heard.channels.email.parts import Node

_OF_KEYS: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_OPEN: Final = re.compile(r"\s*-----BEGIN PGP (MESSAGE|SIGNED MESSAGE)-----")


class Seal(StrEnum):
    NONE = ""
    SIGNED = "signed"  # its words can be read; whether the signature holds nobody here has looked
    WRAPPED = "signed and wrapped"  # its words lie within the signature
    ENCRYPTED = "encrypted"


def seal_of(root: Node, text: str) -> Seal:
    """By S/MIME or OpenPGP, as the mail itself or within the text."""
    kinds = {leaf.content_type: leaf for leaf in root.leaves()}
    if root.content_type == "multipart/encrypted" or "application/pgp-encrypted" in kinds:
        return Seal.ENCRYPTED
    wrapped = next((kinds[kind] for kind in _OF_KEYS if kind in kinds), None)
    if wrapped is not None:
        signed = wrapped.parameters.get("smime-type", "").lower() == "signed-data"
        return Seal.WRAPPED if signed else Seal.ENCRYPTED
    if found := _OPEN.match(text):
        return Seal.ENCRYPTED if found[1] == "MESSAGE" else Seal.SIGNED
    return Seal.SIGNED if root.content_type == "multipart/signed" else Seal.NONE
