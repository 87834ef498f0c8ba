from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

from heard import checks
from heard.checks.regex import compile_all, regex


def test_an_expression_is_compiled_when_it_is_first_used() -> None:
    number = regex(r"(\d+) kč", re.IGNORECASE)
    assert "search" not in vars(number)
    assert [found[1] for found in number.finditer("5 Kč, 12 KČ")] == ["5", "12"]
    assert vars(number)["sub"]("-", "5 kč") == "-"  # from now on its own, and as quick as any


def test_every_expression_of_the_checks_is_one() -> None:
    for module in iter_modules(checks.__path__, "heard.checks."):
        import_module(module.name)
    compile_all()
