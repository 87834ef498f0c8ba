"""A new password by e-mail, where this installation can send one. It says so where it cannot."""

from __future__ import annotations

from allauth.account.views import PasswordResetDoneView, PasswordResetView

from heard.env import env

ask = PasswordResetView.as_view(extra_context={"sends_mail": bool(env().mail_url)})
asked = PasswordResetDoneView.as_view(extra_context={"sends_mail": bool(env().mail_url)})
