"""Sign in once by a link, for the first start and for whoever lost every other way."""

from __future__ import annotations

from datetime import datetime, timedelta

from heard.accounts.models import SignInLink, User
from heard.accounts.secrets import hashed, new_secret

LIFETIME = timedelta(hours=24)


def issue(user: User, *, now: datetime, public_url: str) -> str:
    """The whole address. It works once and for 24 hours."""
    secret = new_secret("in")
    SignInLink.objects.create(user=user, secret_hash=hashed(secret), expires_at=now + LIFETIME)
    return f"{public_url.rstrip('/')}/sign-in/{secret}"


def redeem(secret: str, *, now: datetime) -> User | None:
    """The user, exactly once; None for a link that is unknown, used or too old."""
    links = SignInLink.objects.filter(
        secret_hash=hashed(secret), used_at=None, expires_at__gt=now, user__is_active=True
    )
    if not links.update(used_at=now):
        return None
    return User.objects.get(signinlink__secret_hash=hashed(secret))
