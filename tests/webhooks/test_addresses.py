"""A webhook leads to public addresses only, however an internal one is written."""

import pytest

from app.errors import InvalidInput
from app.webhooks.addresses import Target, checked_target, is_public, parsed, resolved


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",  # where clouds keep the credentials of a machine
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:0a01:0203::1",
        "2001:0:7f00:1::",
        "fc00::1",
        "fd12:3456:789a::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "localhost",
        "",
    ],
)
def test_an_internal_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "152.152.31.1", "172.15.0.1", "172.32.0.1", "2a00:1450::1", "::ffff:1.1.1.1"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    # Which of them a mapped address is has changed between releases of Python; refusing it is no harm.
    assert is_public(address) or address.startswith("::ffff:")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://terms.example.org/hook", "webhook_not_https"),
        ("https://127.0.0.1/hook", "webhook_internal"),
        ("https://[::1]/hook", "webhook_internal"),
        ("https://[::ffff:10.0.0.1]:8443/hook", "webhook_internal"),
        ("https://169.254.169.254/latest/meta-data", "webhook_internal"),
        ("https://localhost/hook", "webhook_internal"),
        ("https://LOCALHOST./hook", "webhook_internal"),
        ("https://database/hook", "webhook_internal"),
        ("https://2130706433/hook", "webhook_internal"),
        ("https://printer.local/hook", "webhook_internal"),
        ("https://vault.internal/hook", "webhook_internal"),
        ("ftp://terms.example.org/hook", "webhook_bad_address"),
        ("file:///etc/passwd", "webhook_bad_address"),
        ("https://secretariat:geheim@terms.example.org/", "webhook_bad_address"),
        ("https://terms.example.org@127.0.0.1/", "webhook_bad_address"),
        ("https://terms.example.org/hook#part", "webhook_bad_address"),
        ("https://terms.example.org/hook\r\nX-Injected: 1", "webhook_bad_address"),
        ("https://terms.example.org/ложная цель", "webhook_bad_address"),
        ("https://термины.example.org/", "webhook_bad_address"),
        ("https://terms.example.org:0/", "webhook_bad_address"),
        ("https://terms.example.org:99999/", "webhook_bad_address"),
        ("https://[::1/hook", "webhook_bad_address"),
        ("https:///hook", "webhook_bad_address"),
        ("https://terms.example.org/" + "a" * 500, "webhook_bad_address"),
        ("", "webhook_bad_address"),
    ],
)
def test_an_address_that_may_not_be_called_is_not_registered(url: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_target(url, allow_internal=False)
    assert (refused.value.field, refused.value.params) == ("url", {"reason": reason})


def test_the_parts_of_an_address() -> None:
    assert checked_target("https://Terms.Example.org/a/b?c=d", allow_internal=False) == Target(
        True, "terms.example.org", 443, "/a/b?c=d"
    )
    assert checked_target("https://terms.example.org:8443", allow_internal=False) == Target(
        True, "terms.example.org", 8443, "/"
    )
    assert parsed("http://[2a00:1450::1]:8080/?x=1") == Target(False, "2a00:1450::1", 8080, "/?x=1")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/hook", "http://localhost/hook", "https://database/hook"])
def test_an_internal_address_is_taken_where_the_settings_allow_it(url: str) -> None:
    assert checked_target(url, allow_internal=True) == parsed(url)


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f.1", "2130706433"])
def test_the_loopback_in_any_notation_is_seen_through_by_its_address(host: str) -> None:
    places = resolved(host, 443)
    assert places
    assert not any(place.is_public for place in places)
