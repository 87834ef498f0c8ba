from __future__ import annotations

import ast
from pathlib import Path

import house_rules
import pytest


@pytest.mark.parametrize(
    "line",
    [
        'if inbox.channel == "facebook": ...',
        'if "messenger" != inbox.channel: ...',
        'if slug in ("facebook", "other"): ...',
        'match inbox.channel:\n    case "facebook": ...',
    ],
)
def test_asking_which_channel_it_is_is_refused(line: str) -> None:
    assert list(house_rules._channel_questions("heard/web/some.py", ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        'LIMITS = {"facebook": 8000}',
        'network = CHANNELS["messenger"]',
        "from heard.channels.facebook.channel import Facebook",
        "import heard.channels.messenger.channel",
    ],
)
def test_naming_one_channel_is_refused(line: str) -> None:
    assert list(house_rules._channel_names("heard/outbox/some.py", ast.parse(line)))
    assert not list(house_rules._channel_names("heard/sandbox/some.py", ast.parse(line)))


@pytest.mark.parametrize(
    "line", ['icon("x")', 'form["email"]', "from heard.channels.registry import channel"]
)
def test_words_that_mean_other_things_are_allowed(line: str) -> None:
    assert not list(house_rules._channel_names("heard/web/some.py", ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["{% if inbox.channel == 'facebook' %}", 'if (row.channel === "messenger") hide();']
)
def test_pages_and_scripts_ask_nothing_either(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "heard/web").mkdir(parents=True)
    (tmp_path / "heard/channels").symlink_to(house_rules.HERE / "heard/channels")
    (tmp_path / "heard/web/some.html").write_text(line)
    monkeypatch.setattr(house_rules, "HERE", tmp_path)

    assert list(house_rules._channel_questions_in_a_template("heard/web/some.html"))
