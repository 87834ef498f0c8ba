"""House rules that no linter knows: names that say nothing, and questions about which channel it is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SAY_NOTHING = {
    *("util", "utils", "helper", "helpers", "common", "core", "base", "misc", "lib", "manager", "managers"),
    *("handler", "handlers", "processor", "service", "services", "wrapper", "mixin", "data", "info"),
    *("do", "perform"),
}
# Names that a library asks for.
ASKED_FOR = {
    "do_GET",
    "do_POST",
    "do_PUT",
    "do_DELETE",
    "get_context_data",
    "handle_data",
    "get_extra_info",
    "base_url",
    "DatabaseWrapper",
}
# A layer of the cascade has this name everywhere, and Django asks a database for it.
ALLOWED_PATHS = {"heard/web/static/css/base.css", "heard/postgres/base.py"}
# Only these may know one channel from another. Tests may, too.
# `heard/chat/` is the network of its channel.
KNOW_CHANNELS = ("heard/channels/", "heard/chat/", "heard/sandbox/", "heard/demo/", "bench/", "setup/")
# Words that mean other things, too. Where they are compared with a channel, they are refused all the same.
SAID_OTHERWISE = {"x", "email", "chat", "form", "example", "phone"}
NAMES_A_CHANNEL = {"channel", "slug", "network", "channel_slug", "channel_name"}


def main() -> None:
    files = [path for path in _tracked() if (HERE / path).is_file()]
    found = [*_bad_paths(files)]
    for path in files:
        if path.endswith(".py") and "/migrations/" not in path:
            tree = ast.parse((HERE / path).read_text(), path)
            found += _bad_names(path, tree)
            found += _channel_questions(path, tree)
            found += _channel_names(path, tree)
        if path.endswith((".html", ".txt", ".js")) and path.startswith("heard/"):
            found += _channel_questions_in_a_template(path)
    print("\n".join(found))
    sys.exit(1 if found else 0)


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=HERE,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


def _words(name: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {word.lower() for word in re.split(r"[^A-Za-z0-9]+", spaced) if word}


def _is_test(path: str) -> bool:
    return "/tests/" in f"/{path}" or path.endswith("conftest.py")


def _bad_paths(paths: list[str]) -> Iterator[str]:
    for part in sorted(
        {"/".join(path.split("/")[: depth + 1]) for path in paths for depth in range(path.count("/") + 1)}
    ):
        last = part.rsplit("/", 1)[-1]
        if (
            part not in ALLOWED_PATHS
            and not _is_test(part)
            and (empty := _words(last.split(".")[0]) & SAY_NOTHING)
        ):
            yield f"{part}: the name says nothing: {', '.join(sorted(empty))}"


def _bad_names(path: str, tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            or node.name in ASKED_FOR
        ):
            continue
        # The name of a test is a sentence and may need any word.
        if not (_is_test(path) and node.name.startswith("test_")) and (
            empty := _words(node.name) & SAY_NOTHING
        ):
            yield f"{path}:{node.lineno}: {node.name}: the name says nothing: {', '.join(sorted(empty))}"


def _slugs() -> set[str]:
    return {folder.name for folder in (HERE / "heard/channels").iterdir() if (folder / "channel.py").exists()}


def _channel_questions(path: str, tree: ast.AST) -> Iterator[str]:
    if path.startswith(KNOW_CHANNELS) or _is_test(path):
        return
    slugs = _slugs()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides: list[ast.AST] = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            sides = [node.subject, *(pattern for case in node.cases for pattern in ast.walk(case.pattern))]
        else:
            continue
        if any(_name(side) in NAMES_A_CHANNEL for side in sides) and slugs & set(_texts(sides)):
            yield f"{path}:{node.lineno}: asks which channel it is. Ask what its abilities are."


def _channel_names(path: str, tree: ast.AST) -> Iterator[str]:
    """One network's name, or an import of it, is a question about it that has only not been asked yet."""
    if path.startswith(KNOW_CHANNELS) or _is_test(path):
        return
    slugs = _slugs()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in slugs - SAID_OTHERWISE:
            yield f"{path}:{node.lineno}: names the channel {node.value}. Ask what its abilities are."
        if isinstance(node, ast.ImportFrom | ast.Import):
            modules = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
            if any(module.startswith(f"heard.channels.{slug}") for module in modules for slug in slugs):
                yield f"{path}:{node.lineno}: imports one channel. Ask the registry for it."


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _texts(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield inner.value


def _channel_questions_in_a_template(path: str) -> Iterator[str]:
    if path.startswith(KNOW_CHANNELS):
        return
    slugs = _slugs()
    asks = re.compile(
        rf"""\b({"|".join(NAMES_A_CHANNEL)})\s*([!=]==?|in)\s*[\[(]?\s*["']({"|".join(slugs)})["']"""
    )
    names = re.compile(rf"""["']({"|".join(slugs - SAID_OTHERWISE)})["']""")
    for number, line in enumerate((HERE / path).read_text().splitlines(), 1):
        if asks.search(line) or names.search(line):
            yield f"{path}:{number}: asks which channel it is. Ask what its abilities are."


if __name__ == "__main__":
    main()
