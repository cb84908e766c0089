"""Points of edwards25519 (RFC 8032 §5.1) in extended homogeneous coordinates.

Not in constant time: good for verifying, and for signing where nobody can measure how long it takes.
"""

from __future__ import annotations

from typing import NamedTuple, Optional

#: The prime of the field (RFC 7748 §4.1).
P = 2**255 - 19
#: The order of the base point.
L = 2**252 + 27742317777372353535851937790883648493

_D = -121665 * pow(121666, P - 2, P) % P
_SQRT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


class Point(NamedTuple):
    """x = X/Z, y = Y/Z, x*y = T/Z."""

    X: int
    Y: int
    Z: int
    T: int


NEUTRAL = Point(0, 1, 1, 0)


def add(a: Point, b: Point) -> Point:
    """The sum of two points, also where they are equal (RFC 8032 §5.1.4)."""
    A = (a.Y - a.X) * (b.Y - b.X) % P
    B = (a.Y + a.X) * (b.Y + b.X) % P
    C = 2 * a.T * b.T * _D % P
    D = 2 * a.Z * b.Z % P
    E, F, G, H = B - A, D - C, D + C, B + A
    return Point(E * F % P, G * H % P, F * G % P, E * H % P)


def negate(a: Point) -> Point:
    """The point that gives the neutral one when added."""
    return Point(P - a.X, a.Y, a.Z, P - a.T)


def multiply(scalar: int, a: Point) -> Point:
    """A point added to itself so many times."""
    result = NEUTRAL
    while scalar > 0:
        if scalar & 1:
            result = add(result, a)
        a = add(a, a)
        scalar >>= 1
    return result


def is_neutral(a: Point) -> bool:
    """Whether it is the neutral point, whatever its Z."""
    return a.X % P == 0 and (a.Y - a.Z) % P == 0


def is_of_small_order(a: Point) -> bool:
    """Whether eight times the point (the cofactor) is the neutral one."""
    return is_neutral(multiply(8, a))


def encode(a: Point) -> bytes:
    """32 bytes: y, with the lowest bit of x as its highest bit."""
    inverse = pow(a.Z, P - 2, P)
    x, y = a.X * inverse % P, a.Y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode(data: bytes) -> Optional[Point]:
    """The point of 32 bytes (RFC 8032 §5.1.3); None where they are not the one encoding of a point."""
    number = int.from_bytes(data, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    x = _x_of(y, sign) if len(data) == 32 and y < P else None
    return None if x is None else Point(x, y, 1, x * y % P)


def _x_of(y: int, sign: int) -> Optional[int]:
    square = (y * y - 1) * pow(_D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * _SQRT_OF_MINUS_1 % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    return P - x if x & 1 != sign else x


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _x_of(_BASE_Y, 0) or 0
BASE = Point(_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)
