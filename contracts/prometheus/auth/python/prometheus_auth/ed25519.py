"""Signatures with ed25519 (RFC 8032 §5.1), as strict as the TypeScript side is.

Points have one encoding only, S is below the order of the base point, and no key is of small order. The equation is the
one with the cofactor (§5.1.7).
"""

from __future__ import annotations

from hashlib import sha512
from typing import Tuple

from . import curve


def public_key_of(private_key: bytes) -> bytes:
    """The public half of a key (§5.1.5). Raises ValueError where the private one has not 32 bytes."""
    scalar, _ = _expand(private_key)
    return curve.encode(curve.multiply(scalar, curve.BASE))


def sign(private_key: bytes, message: bytes) -> bytes:
    """The 64 bytes of a detached signature (§5.1.6). Raises ValueError where the key has not 32 bytes."""
    scalar, prefix = _expand(private_key)
    public_key = curve.encode(curve.multiply(scalar, curve.BASE))
    r = _number(sha512(prefix + message).digest()) % curve.L
    R = curve.encode(curve.multiply(r, curve.BASE))
    k = _number(sha512(R + public_key + message).digest()) % curve.L
    return R + ((r + k * scalar) % curve.L).to_bytes(32, "little")


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a detached signature belongs to the message and the key (§5.1.7)."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    A, R = curve.decode(public_key), curve.decode(signature[:32])
    s = _number(signature[32:])
    if A is None or R is None or s >= curve.L or curve.is_of_small_order(A):
        return False
    k = _number(sha512(signature[:32] + public_key + message).digest()) % curve.L
    expected = curve.add(R, curve.multiply(k, A))
    return curve.is_of_small_order(curve.add(expected, curve.negate(curve.multiply(s, curve.BASE))))


def _expand(private_key: bytes) -> Tuple[int, bytes]:
    if len(private_key) != 32:
        raise ValueError("a private key has to have 32 bytes.")
    digest = sha512(private_key).digest()
    scalar = _number(digest[:32]) & ((1 << 254) - 8) | (1 << 254)
    return scalar, digest[32:]


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")
