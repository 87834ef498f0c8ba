from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from heard.env import env
from heard.web.compiled import compiled_before


class Lazy(Environment):
    """Compiles nothing."""

    def compile(self, *told: Any, **by_name: Any) -> Any:
        raise AssertionError("compiled again")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("HEARD_DATA", str(tmp_path))
    env.cache_clear()
    yield tmp_path
    env.cache_clear()


def test_a_template_is_compiled_once_for_all_processes_until_its_words_change(folder: Path) -> None:
    def said(kind: type[Environment], words: str) -> str:
        made = kind(loader=DictLoader({"page": words}), bytecode_cache=compiled_before())
        return made.get_template("page").render(name="Ann")

    (folder / "templates" / "of another version").mkdir(parents=True)
    assert said(Environment, "Hello {{ name }}") == "Hello Ann"
    assert said(Lazy, "Hello {{ name }}") == "Hello Ann"
    assert len(list((folder / "templates").iterdir())) == 1
    with pytest.raises(AssertionError, match="compiled again"):
        said(Lazy, "Good morning {{ name }}")


def test_pages_are_shown_where_nothing_can_be_kept(folder: Path) -> None:
    kept = compiled_before()
    shutil.rmtree(folder / "templates")
    made = Environment(loader=DictLoader({"page": "Hello"}), bytecode_cache=kept)
    assert made.get_template("page").render() == "Hello"

    (folder / "templates").write_text("no folder")
    assert compiled_before() is None
