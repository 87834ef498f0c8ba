"""Sign in once by a link, for the first start and for whoever lost every other way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from heard.accounts.models import SignInLink, User
from heard.accounts.secrets import hashed, new_secret

LIFETIME = timedelta(hours=24)


def issue(user: User, *, now: datetime, public_url: str) -> str:
    """The whole address. It works once and for 24 hours."""
    secret = new_secret("in")
    SignInLink.objects.create(user=user, secret_hash=hashed(secret), expires_at=now + LIFETIME)
    return f"{public_url.rstrip('/')}/sign-in/{secret}"


def look(secret: str, *, now: datetime) -> User | None:
    """Whom the link would sign in, without using it up: mail scanners open every link they see."""
    link = SignInLink.objects.select_related("user").filter(secret_hash=hashed(secret), **_works(now)).first()
    return link.user if link else None


def redeem(secret: str, *, now: datetime) -> User | None:
    """The user, exactly once; None for a link that is unknown, used or too old."""
    user = look(secret, now=now)
    # Without the user's table: PostgreSQL looks again at the row that it waited for, not at a joined one.
    unused = SignInLink.objects.filter(secret_hash=hashed(secret), used_at=None)
    return user if user is not None and unused.update(used_at=now) else None


def revoke(user: User) -> None:
    """Links that were not used stop working: a newer one takes their place."""
    SignInLink.objects.filter(user=user, used_at=None).delete()


def _works(now: datetime) -> dict[str, Any]:
    return {"used_at": None, "expires_at__gt": now, "user__is_active": True}
