"""A certified OpenID provider, `oidc-provider` from npm, as a process of its own, and a browser that visits it."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx

from tests.npm_packages import NODE, installed

SOURCE = Path(__file__).parent / "provider"

CLIENT_ID, CLIENT_SECRET = "compendium", "a-secret-that-only-the-tests-know"
FORM = re.compile(r'<form[^>]*action="([^"]+)"')


def install() -> Path:
    """The folder with the provider and its packages."""
    return installed(SOURCE)


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
