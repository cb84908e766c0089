"""Requests that a node signs with its own key: the rules of `request-signature.ts`."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from . import base58, ed25519
from .problems import CredentialProblem

#: For how long a signed request is good, before and after the moment it was made.
LIFETIME_SECONDS = 60

_LETTER = "[1-9A-HJ-NP-Za-km-z]"

#: What follows the scheme word: public key, creation time, nonce, signature.
_CREDENTIAL = re.compile(
    rf"({_LETTER}{{32,44}})\.([0-9]{{10}})\.({_LETTER}{{16,32}})\.({_LETTER}{{64,88}})", re.ASCII
)


class Request(NamedTuple):
    """A request as it is sent; `path` has its query."""

    method: str
    path: str
    body: bytes


class Signed(NamedTuple):
    """What a signature covers. `audience` is the contract that is called, `created` is in seconds since 1970."""

    request: Request
    audience: str
    created: int
    nonce: str


class VerifiedSignature(NamedTuple):
    """A signature that holds. Its nonce counts once within the lifetime."""

    public_key: str
    nonce: str
    created: int


def public_key_of(private_key: str) -> str:
    """The public half of a key, in base58. Raises ValueError where the private one is not 32 bytes in base58."""
    return base58.encode(ed25519.public_key_of(base58.decode(private_key)))


def text_to_sign(signed: Signed) -> str:
    """Version, audience, method, path with query, time, nonce and the body's SHA-256, parted by line feeds."""
    request = signed.request
    digest = sha256(request.body).hexdigest()
    method = request.method.upper()
    return "\n".join(
        ["prometheus-v1", signed.audience, method, request.path, str(signed.created), signed.nonce, digest]
    )


def sign_request(private_key: str, signed: Signed) -> str:
    """What follows the scheme word `Signature`. Raises ValueError where the key is not 32 bytes in base58."""
    key = base58.decode(private_key)
    signature = ed25519.sign(key, text_to_sign(signed).encode())
    public_key = base58.encode(ed25519.public_key_of(key))
    return f"{public_key}.{signed.created}.{signed.nonce}.{base58.encode(signature)}"


def verify_request(credential: str, request: Request, audience: str, now_seconds: float) -> VerifiedSignature:
    """Verifies what follows the scheme word.

    Whether the key is known and the nonce new is for the caller to find out: it has the memory.
    Raises CredentialProblem: signature_malformed, signature_expired or signature_invalid.
    """
    match = _CREDENTIAL.fullmatch(credential)
    if not match:
        raise CredentialProblem("signature_malformed")
    public_key, nonce, signature = match[1], match[3], match[4]
    created = int(match[2])
    if abs(now_seconds - created) > LIFETIME_SECONDS:
        raise CredentialProblem("signature_expired")
    text = text_to_sign(Signed(request, audience, created, nonce)).encode()
    if not ed25519.verify(base58.decode(public_key), text, base58.decode(signature)):
        raise CredentialProblem("signature_invalid")
    return VerifiedSignature(public_key, nonce, created)
