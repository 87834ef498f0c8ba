"""The PostgreSQL that comes along: real servers in temporary folders."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from heard.embedded import EmbeddedPostgres, EmbeddedPostgresFailed, address, socket_folder

SMALL = {"shared_buffers": "16MB", "fsync": "off"}

pytestmark = pytest.mark.first


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("embedded") / "postgres", SMALL)
    server.start()
    yield server
    server.stop()


def ask(server: EmbeddedPostgres, question: str) -> object:
    with psycopg.connect(address(server.folder)) as connection:
        row = connection.execute(question).fetchone()
    return None if row is None else row[0]


def postmaster(server: EmbeddedPostgres) -> int:
    return int((server.folder / "postmaster.pid").read_text().split()[0])


def test_the_app_is_no_superuser_and_owns_its_database(server: EmbeddedPostgres) -> None:
    assert ask(server, "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles "
                       "WHERE rolname = current_user") is False  # fmt: skip
    assert ask(server, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'heard'") == "heard"


def test_the_extensions_are_there(server: EmbeddedPostgres) -> None:
    assert (
        ask(server, "SELECT count(*) FROM pg_extension WHERE extname IN ('pg_trgm', 'unaccent', 'vector')")
        == 3
    )


def test_greek_is_lowered_and_cut_into_words(server: EmbeddedPostgres) -> None:
    assert ask(server, "SELECT lower('ΠΟΎ ΕΊΝΑΙ')") == "πού είναι"
    assert ask(server, "SELECT to_tsvector('simple', 'η παραγγελία') @@ to_tsquery('simple', 'παραγγελία')")


def test_nobody_listens_on_the_network(server: EmbeddedPostgres) -> None:
    assert ask(server, "SHOW listen_addresses") == ""


def test_it_starts_again_after_its_parent_was_killed(server: EmbeddedPostgres) -> None:
    with psycopg.connect(address(server.folder)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    left_over = postmaster(server)

    EmbeddedPostgres(server.folder, SMALL).start()  # as a new parent does, which knows nothing of the old one

    assert postmaster(server) != left_over
    assert ask(server, "SELECT seven FROM kept") == 7


def test_it_starts_again_after_it_was_killed_itself(server: EmbeddedPostgres) -> None:
    killed = postmaster(server)
    os.kill(killed, signal.SIGKILL)
    while Path(f"/proc/{killed}/cwd").exists() and server.running():
        pass

    server.start()

    assert ask(server, "SELECT 1") == 1


def test_a_number_that_now_belongs_to_somebody_else_is_no_server(server: EmbeddedPostgres) -> None:
    server.stop()
    (server.folder / "postmaster.pid").write_text(f"{os.getpid()}\n{server.folder}\n")

    assert not server.running()

    server.start()
    assert ask(server, "SELECT 1") == 1


def test_a_long_or_odd_path_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    assert socket_folder(tmp_path / ("x" * 120)).parent == Path("/tmp")
    assert socket_folder(tmp_path / "a, b").parent == Path("/tmp")
    assert socket_folder(Path("/srv/heard/postgres")) == Path("/srv/heard/postgres")


def test_data_of_another_version_is_refused_with_words(server: EmbeddedPostgres, tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("12\n")

    with pytest.raises(EmbeddedPostgresFailed, match=r"written by PostgreSQL 12.*upgrade\.md"):
        EmbeddedPostgres(folder).start()


def test_a_folder_with_other_things_in_it_is_refused_with_words(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Bea")

    with pytest.raises(EmbeddedPostgresFailed, match="neither empty nor a PostgreSQL database"):
        EmbeddedPostgres(tmp_path).start()


def test_a_folder_that_is_a_file_is_refused_with_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")

    with pytest.raises(EmbeddedPostgresFailed, match=r"did not start|cannot write"):
        EmbeddedPostgres(tmp_path / "data" / "postgres").start()


def test_a_broken_setting_is_told_in_postgres_own_words(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", {**SMALL, "max_connections": "no number"})

    with pytest.raises(EmbeddedPostgresFailed, match="max_connections"):
        server.start()
