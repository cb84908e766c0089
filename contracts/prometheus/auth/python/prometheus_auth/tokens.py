"""Tokens (RFC 7519) with HS256 and rotating keys: the rules of `tokens.ts`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from typing import Any, Dict, NamedTuple, Optional, Sequence, Tuple

from .problems import CredentialProblem

#: For how long a token is good, in seconds.
LIFETIME_SECONDS = 300

ROLES = ("owner", "node", "container")

_ENTRY = re.compile(r"([A-Za-z0-9_-]+)=(.+)")
_TOKEN = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)")


class TokenKey(NamedTuple):
    """A key for HS256 (RFC 7518 §3.2), under the id that tokens name it by."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"TokenKey({self.id!r})"


class Caller(NamedTuple):
    """Who a token belongs to."""

    name: str
    role: str


def read_token_keys(text: str) -> Tuple[TokenKey, ...]:
    """Reads `id=secret,id=secret`: the first signs, all verify, so that keys can be rotated.

    Raises ValueError where an entry is malformed, an id comes twice or a secret has less than 32 bytes; secrets are not
    repeated.
    """
    keys = tuple(_read_key(entry.strip()) for entry in text.split(","))
    if len({key.id for key in keys}) < len(keys):
        raise ValueError("a key id comes twice.")
    return keys


def _read_key(entry: str) -> TokenKey:
    match = _ENTRY.fullmatch(entry)
    secret = match[2].encode("utf-8", "surrogateescape") if match else b""
    if not match or len(secret) < 32:
        raise ValueError("keys have to be id=secret, parted by commas, each secret of 32 bytes at least.")
    return TokenKey(match[1], secret)


def issue_token(
    keys: Sequence[TokenKey],
    caller: Caller,
    audience: str,
    now_seconds: Optional[float] = None,
    lifetime_seconds: int = LIFETIME_SECONDS,
) -> str:
    """Makes a token with the first key: `sub` is the caller, `role` what it may do, `aud` whom it may call."""
    key = keys[0]
    issued_at = int(time.time() if now_seconds is None else now_seconds)
    header = {"alg": "HS256", "typ": "JWT", "kid": key.id}
    claims = {
        "role": caller.role,
        "sub": caller.name,
        "aud": audience,
        "iat": issued_at,
        "exp": issued_at + lifetime_seconds,
    }
    signed = f"{_part(header)}.{_part(claims)}"
    return f"{signed}.{_encode(_mac(key, signed))}"


def verify_token(
    keys: Sequence[TokenKey], token: str, audience: str, now_seconds: Optional[float] = None
) -> Caller:
    """Verifies a token: its algorithm is HS256 and no other, its key known, it is for this audience and still good.

    Raises CredentialProblem: token_malformed, token_expired or token_invalid.
    """
    match = _TOKEN.fullmatch(token)
    header = _object(match[1]) if match else None
    if not match or header is None:
        raise CredentialProblem("token_malformed")
    key = next((key for key in keys if key.id == header.get("kid")), None)
    if key is None or not _is_signed(match, header, key):
        raise CredentialProblem("token_invalid")
    return _caller_of(_object(match[2]) or {}, audience, int(time.time() if now_seconds is None else now_seconds))


def _is_signed(match: "re.Match[str]", header: Dict[str, Any], key: TokenKey) -> bool:
    # An extension that has to be understood (RFC 7515 §4.1.11) is none of ours.
    if header.get("alg") != "HS256" or "crit" in header:
        return False
    signature = _decode(match[3])
    return signature is not None and hmac.compare_digest(signature, _mac(key, f"{match[1]}.{match[2]}"))


def _caller_of(claims: Dict[str, Any], audience: str, now: int) -> Caller:
    name, role, named = claims.get("sub"), claims.get("role"), claims.get("aud")
    audiences = named if isinstance(named, list) else [named]
    times = [claims[claim] for claim in ("iat", "nbf", "exp") if claim in claims]
    is_complete = "sub" in claims and "exp" in claims and audience in audiences and all(map(_is_number, times))
    if not is_complete or claims.get("nbf", now) > now:
        raise CredentialProblem("token_invalid")
    if claims["exp"] <= now:
        raise CredentialProblem("token_expired")
    if not isinstance(name, str) or name == "" or role not in ROLES:
        raise CredentialProblem("token_invalid")
    return Caller(name, role)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _mac(key: TokenKey, text: str) -> bytes:
    return hmac.new(key.secret, text.encode(), hashlib.sha256).digest()


def _part(value: Dict[str, Any]) -> str:
    return _encode(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> Optional[bytes]:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None


def _object(part: str) -> Optional[Dict[str, Any]]:
    """The JSON object of a part (RFC 7515 §3.1); None where it is none."""
    try:
        value = json.loads((_decode(part) or b"").decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON.")
