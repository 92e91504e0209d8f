"""Signatures are those of Standard Webhooks."""

from base64 import b64decode
from datetime import UTC, datetime

from app.webhooks.signing import new_secret, signed_headers


def test_the_signature_is_that_of_a_published_example() -> None:
    # The example in the text of Standard Webhooks 1.0.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed_headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_part_of_a_second_is_left_out_of_the_timestamp() -> None:
    at = datetime(2027, 2, 1, 9, 30, 15, 999_999, tzinfo=UTC)
    assert signed_headers(new_secret(), "event-1", at, b"{}")["webhook-timestamp"] == str(int(at.timestamp()))


def test_secrets_are_of_256_bits_and_differ() -> None:
    made = {new_secret() for _ in range(50)}
    assert len(made) == 50
    assert {len(b64decode(secret.removeprefix("whsec_"), validate=True)) for secret in made} == {32}
