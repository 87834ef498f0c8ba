#!/usr/bin/env python3
"""Make .venv, with everything in it that Heard needs, on a machine that has little more than Python.

    python3 setup/environment.py run       what `heard up` needs
    python3 setup/environment.py develop   and what tests and checks need
    python3 setup/environment.py test      and a browser for the tests

A second run finds that nothing has changed and is done at once.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path

import browsers

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
PRIVATE = HERE / ".data" / "uv"
NEWEST, OLDEST = 14, 11
DOVECOT = Path("/usr/sbin/dovecot")
EXIM = Path("/usr/sbin/exim4")
DICTIONARIES = Path("/usr/share/hunspell")
SPELLING = ("libhunspell-1.7-0", *(f"hunspell-{one}" for one in ("cs", "el", "en-us", "hu", "sl")))


class Missing(Exception):
    """The machine lacks something that we cannot bring. The message says what, and how to get it."""


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "develop"
    if wanted not in ("run", "develop", "test"):
        sys.exit(f"Unknown kind of environment: {wanted}. It is run, develop or test.")
    continue_with_a_newer_python()
    try:
        (HERE / ".data").mkdir(exist_ok=True)
        with (HERE / ".data" / "setup.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            ensure_environment("heard" if wanted == "run" else "dev")
        if wanted == "test":
            ensure_browser()
            ensure_mail_server()
            ensure_smtp_server()
            ensure_speller()
    except Missing as missing:
        sys.exit(f"\nHeard cannot be set up yet. {missing}")
    except subprocess.CalledProcessError as failed:
        sys.exit("\nHeard cannot be set up, this failed, with its reason above:\n  " + " ".join(failed.cmd))
    compile_catalogues()


# ── Python ────────────────────────────────────────────────────────────────────────────────────────


def continue_with_a_newer_python() -> None:
    """Run this script again under a newer Python, when the one that runs it is too old."""
    if sys.version_info >= (3, OLDEST):
        return
    for minor in range(NEWEST, OLDEST - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and works(found, "--version"):
            os.execv(found, [found, *sys.argv])
    sys.exit(
        f"Heard needs Python 3.{OLDEST} or later, this is {sys.version.split()[0]}. "
        "Debian 12 and Ubuntu 24.04 bring a newer one: apt-get install python3 python3-venv"
    )


def works(*command: str) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(*command: str) -> None:
    subprocess.run(command, cwd=HERE, check=True)


# ── the environment ───────────────────────────────────────────────────────────────────────────────


def ensure_environment(kind: str) -> None:
    """Install the lock file `requirements/<kind>.txt`, unless just that is installed already."""
    if VENV.is_symlink() or is_fresh(kind) or (kind == "heard" and is_fresh("dev")):
        return  # A linked environment is somebody else's to keep.
    for old in VENV.glob(".installed-*"):
        old.unlink()
    if VENV.exists() and not works(str(PYTHON), "--version"):
        say("The environment in .venv does not work any more, making a new one")
        shutil.rmtree(VENV)
    install = make_environment()
    say(f"Installing the packages of requirements/{kind}.txt")
    install("--require-hashes", "-r", "requirements/build.txt", "-r", f"requirements/{kind}.txt")
    install("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp(kind).write_text(fingerprint(kind))


def is_fresh(kind: str) -> bool:
    try:
        return stamp(kind).read_text() == fingerprint(kind) and works(str(PYTHON), "--version")
    except OSError:
        return False


def stamp(kind: str) -> Path:
    return VENV / f".installed-{kind}"


def fingerprint(kind: str) -> str:
    digest = hashlib.sha256(str(HERE).encode())
    for name in ("requirements/build.txt", f"requirements/{kind}.txt", "pyproject.toml"):
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()


def make_environment() -> Callable[..., None]:
    """Make .venv if it is not there, and return how to install into it."""
    uv = shutil.which("uv")
    if uv and works(uv, "--version"):
        return with_uv(uv)
    if (PYTHON.exists() and works(str(PYTHON), "-m", "pip", "--version")) or make_with_venv():
        return with_pip()
    return with_uv(private_uv())


def with_uv(uv: str) -> Callable[..., None]:
    if not PYTHON.exists():
        say("Making the environment .venv with uv")
        run(uv, "venv", "--quiet", "--python", sys.executable, str(VENV))

    def install(*arguments: str) -> None:
        run(uv, "pip", "install", "--quiet", "--python", str(PYTHON), *arguments)

    return install


def with_pip() -> Callable[..., None]:
    def install(*arguments: str) -> None:
        run(
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-compile",
            "--disable-pip-version-check",
            *arguments,
        )

    return install


def make_with_venv() -> bool:
    say("Making the environment .venv")
    if works(sys.executable, "-m", "venv", str(VENV)):
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    if may_install_packages():
        install_packages("python3-venv", f"python3.{sys.version_info[1]}-venv")
        if works(sys.executable, "-m", "venv", str(VENV)):
            return True
        shutil.rmtree(VENV, ignore_errors=True)
    return False


def private_uv() -> str:
    """Install uv for our own use, beside the system's packages and not among them."""
    if not works(sys.executable, "-m", "pip", "--version"):
        raise Missing("Python's venv module is missing. Install it with: sudo apt-get install python3-venv")
    say("Getting uv, because Python's venv module is missing")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(PRIVATE), "uv")
    return str(PRIVATE / "bin" / "uv")


# ── the distribution's packages ───────────────────────────────────────────────────────────────────


def may_install_packages() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(*alternatives: str) -> bool:
    """Install the first of these that the distribution has. One may name several packages."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    for name in alternatives:
        say(f"Installing {name}")
        done = subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *name.split()],
            env=quiet,
            check=False,
        )
        if done.returncode == 0:
            return True
    return False


def ensure_browser() -> None:
    """The journeys through the product run in the distribution's Chromium."""
    if shutil.which(browsers.SHELL):
        return
    if may_install_packages() and install_packages(browsers.SHELL, "chromium"):
        install_packages("fonts-dejavu-core")
    if browsers.browser():
        return
    raise Missing("The tests drive a browser. Install Chromium with: sudo apt-get install chromium")


def ensure_mail_server() -> None:
    """Mailboxes are proved against Dovecot. Without it those tests are left out, and say so."""
    if DOVECOT.exists() or (
        may_install_packages() and install_packages("dovecot-imapd") and DOVECOT.exists()
    ):
        return
    say("The tests of mailboxes are left out. For them, install Dovecot: sudo apt-get install dovecot-imapd")


def ensure_smtp_server() -> None:
    """Sending is proved against Exim, as root. Installing it would remove another mail server: never do that."""
    if EXIM.exists():
        return
    alone = not any(map(os.path.lexists, ("/usr/sbin/sendmail", "/usr/lib/sendmail")))
    if alone and may_install_packages() and install_packages("exim4-daemon-light") and EXIM.exists():
        return
    say("A test of sending mails is left out. For it, install Exim: sudo apt-get install exim4-daemon-light")


def ensure_speller() -> None:
    """Spelling is proved with hunspell's library and the dictionaries of the five languages."""
    if _spells() or (may_install_packages() and install_packages(" ".join(SPELLING)) and _spells()):
        return
    say(
        f"Tests of spelling are left out. For them, install hunspell: sudo apt-get install {' '.join(SPELLING)}"
    )


def _spells() -> bool:
    names = ("cs_CZ", "el_GR", "en_US", "hu_HU", "sl_SI")
    return bool(find_library("hunspell-1.7")) and all(
        (DICTIONARIES / f"{name}.dic").exists() for name in names
    )


# ── the translations ──────────────────────────────────────────────────────────────────────────────


def compile_catalogues() -> None:
    if any(is_stale(po) for po in HERE.glob("heard/locale/*/LC_MESSAGES/*.po")):
        run(str(PYTHON), str(HERE / "setup" / "messages.py"), "compile")


def is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


if __name__ == "__main__":
    main()
