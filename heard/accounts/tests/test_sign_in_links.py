from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from heard.accounts.models import SignInLink, User
from heard.accounts.sign_in_links import LIFETIME, issue, look, redeem, revoke
from tests.cast import NOON

URL = "https://help.example.com"


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("Ann@Acme.example", name="Ann")


def test_a_link_signs_in_once(ann: User) -> None:
    secret = _issued(ann)

    assert redeem(secret, now=NOON) == ann
    assert redeem(secret, now=NOON) is None


def test_looking_at_a_link_does_not_use_it_up(ann: User) -> None:
    secret = _issued(ann)

    assert look(secret, now=NOON) == look(secret, now=NOON) == ann
    assert redeem(secret, now=NOON) == ann


def test_a_link_is_good_for_a_day(ann: User) -> None:
    secret = _issued(ann)

    assert redeem(secret, now=NOON + LIFETIME) is None
    assert redeem(secret, now=NOON + LIFETIME - timedelta(seconds=1)) == ann


def test_only_a_hash_of_it_is_kept(ann: User) -> None:
    secret = _issued(ann)

    assert secret not in str(SignInLink.objects.values().get())


def test_nobody_who_left_comes_in_and_nothing_is_used_up(ann: User) -> None:
    secret = _issued(ann)
    User.objects.update(is_active=False)
    assert redeem(secret, now=NOON) is None
    User.objects.update(is_active=True)

    assert redeem(secret, now=NOON) == ann


def test_a_newer_link_takes_the_place_of_the_others(ann: User) -> None:
    secret = _issued(ann)

    revoke(ann)

    assert redeem(secret, now=NOON) is None


@pytest.mark.parametrize("secret", ["", "in_", "nonsense", "é", "x" * 10_000])
def test_a_made_up_link_opens_nothing(ann: User, secret: str) -> None:
    _issued(ann)

    assert redeem(secret, now=NOON) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_comes_in() -> None:
    for _ in range(5):
        SignInLink.objects.all().delete()
        User.objects.all().delete()
        secret = _issued(User.objects.create_user("ann@acme.example"))
        came: list[User | None] = []
        together = threading.Barrier(4)
        threads = [threading.Thread(target=_redeem, args=(secret, together, came)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

        assert len(came) == 4
        assert sum(user is not None for user in came) == 1


def _redeem(secret: str, together: threading.Barrier, came: list[User | None]) -> None:
    try:
        together.wait(10)
        came.append(redeem(secret, now=NOON))
    finally:
        connection.close()


def _issued(user: User) -> str:
    address = issue(user, now=NOON, public_url=URL + "/")
    assert address.startswith(f"{URL}/sign-in/")
    return address.rpartition("/")[2]
