"""A real SMTP server on this machine: Exim, with a certificate of its own, people it knows and maildirs for them.

OpenSMTPD was tried first: the one that Debian 12 has cannot do TLS with its OpenSSL.
"""

from __future__ import annotations

import datetime
import ipaddress
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.mailboxes import PASSWORD

EXIM = "/usr/sbin/exim4"
# The server believes only configurations of root, and takes mail to maildirs only as somebody else.
OWNER = "Debian-exim"

_CONFIG = """
primary_hostname = mail.home.example
spool_directory = {home}/spool
log_file_path = {home}/log-%slog
pid_file_path = {home}/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
host_lookup =
rfc1413_hosts =
tls_advertise_hosts = *
tls_certificate = {home}/certificate.pem
tls_privatekey = {home}/key.pem
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = rcpt
acl_smtp_data = accept
message_size_limit = 1M
begin acl
rcpt:
  deny !authenticated = *
       message = 5.7.1 sign in first
  defer local_parts = greylisted
        message = 4.7.1 come back later
  deny !local_parts = {people}
       message = 5.1.1 nobody of that name lives here
  accept
begin routers
people:
  driver = accept
  local_parts = {people}
  transport = maildir
begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = {home}/mail/$local_part_data
  create_directory
  user = {owner}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{{password}}}}}
  server_set_id = $auth2
"""


def needs_exim() -> pytest.MarkDecorator:
    ready = Path(EXIM).exists() and os.geteuid() == 0
    return pytest.mark.skipif(not ready, reason="Exim is not installed, or we are not root")


@dataclass
class Exim:
    home: Path
    port: int

    @property
    def certificate(self) -> Path:
        return self.home / "certificate.pem"

    def mails(self, person: str, *, count: int = 1) -> list[bytes]:
        """As soon as so many are there."""
        until = time.monotonic() + 15
        folder = self.home / "mail" / person / "new"
        while len(found := sorted(folder.glob("*"))) < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(found)} mails came: {self.log()}")
            time.sleep(0.02)
        return [path.read_bytes() for path in found]

    def log(self) -> str:
        return "\n".join(path.read_text() for path in self.home.glob("log-*"))


@contextmanager
def exim(*people: str) -> Iterator[Exim]:
    home = Path(tempfile.mkdtemp(prefix="heard-exim-", dir="/tmp"))
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    config = _CONFIG.format(home=home, port=port, people=" : ".join(people), owner=OWNER, password=PASSWORD)
    (home / "exim.conf").write_text(config)
    _certify(home)
    owner = pwd.getpwnam(OWNER)
    for path in (home, home / "key.pem"):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    process = subprocess.Popen(
        [EXIM, "-bdf", "-q1m", "-C", str(home / "exim.conf")],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=(home / "stderr").open("wb"),
    )
    running = Exim(home, port)
    try:
        _until_it_listens(running, process)
        yield running
    finally:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _until_it_listens(running: Exim, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", running.port), 1) as door:
            if door.recv(64).startswith(b"220"):
                return
        time.sleep(0.05)
    raise RuntimeError(f"Exim did not start: {(running.home / 'stderr').read_text()} {running.log()}")


def _certify(home: Path) -> None:
    """Signed by itself, for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    (home / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (home / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
