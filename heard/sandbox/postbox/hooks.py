"""How the mail service brings a mail: signed, with the whole of it in one field, as Mailgun does."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

from heard.sandbox.delivery.event import HookCall
from heard.sandbox.postbox.things import Mailbox


def brought(raw: bytes, mailbox: Mailbox, *, recipient: str) -> HookCall:
    stamp, token = str(int(time.time())), secrets.token_hex(25)
    signature = hmac.new(mailbox.key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    fields = {
        "recipient": recipient.encode(),
        "timestamp": stamp.encode(),
        "token": token.encode(),
        "signature": signature.encode(),
        "body-mime": raw,
    }
    boundary = f"postbox-{secrets.token_hex(16)}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content + b"\r\n"
        for name, content in fields.items()
    ]
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return HookCall(mailbox.hook_url, {"Content-Type": f"multipart/form-data; boundary={boundary}"}, body)
