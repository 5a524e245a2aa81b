"""The host's keys: one for each purpose, whoever asks first."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import jwt

from sandbox.signing import signing_key


def test_those_who_ask_at_once_get_one_key() -> None:
    """Otherwise the first token would name a key that the key set does not have."""
    purpose = str(uuid.uuid4())
    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(lambda _: signing_key(purpose), range(8)))

    assert len({key.kid for key in keys}) == 1
    assert signing_key(f"{purpose}-other").kid != keys[0].kid


def test_both_forms_of_the_public_half_verify_what_is_signed() -> None:
    key = signing_key("test")
    token = key.sign({"said": "yes"})

    by_set = jwt.PyJWKSet.from_dict({"keys": [key.jwk]})[key.kid]

    assert jwt.decode(token, key.pem, algorithms=["RS256"]) == {"said": "yes"}
    assert jwt.decode(token, by_set, algorithms=["RS256"]) == {"said": "yes"}
    assert "d" not in key.jwk
