"""Checks of single values, in the words of the TypeScript services."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, List, Mapping, Sequence

from .refusal import Mistake

#: Reads a value at a place: gives it as it is to be used, and adds what is wrong with it to the mistakes.
Check = Callable[[Any, str, List[Mistake]], Any]

#: Stands for a value that was not given.
MISSING: Any = object()

#: The largest number whose neighbours JSON can tell apart.
_LARGEST_INTEGER = 2**53 - 1

_UUID = re.compile(
    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
    "|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff"
)
_HTTPS_URL = re.compile(
    r"https:[/\\]*(?:[^\s/\\?#@]*@)?(?:\[[0-9a-fA-F:.]+\]|[^\s/\\?#@:<>^|%\[\]]+)(?::[0-9]{0,5})?(?:[/\\?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


def text(value: Any, at: str, mistakes: List[Mistake]) -> Any:
    """Any text."""
    if not isinstance(value, str):
        mistakes.append(_wrong_type("string", value, at))
    return value


def matching(pattern: str) -> Check:
    """A text that is wholly of this form."""
    form = re.compile(pattern)
    return _form(lambda value: form.fullmatch(value) is not None, f"Invalid string: must match pattern /^{pattern}$/")


def uuid(value: Any, at: str, mistakes: List[Mistake]) -> Any:
    """A UUID (RFC 9562) as text."""
    return _form(lambda given: _UUID.fullmatch(given) is not None, "Invalid UUID")(value, at, mistakes)


def https_url(value: Any, at: str, mistakes: List[Mistake]) -> Any:
    """An address of the scheme https; white space around it is left out."""
    read = _form(lambda given: _HTTPS_URL.fullmatch(given.strip()) is not None, "Invalid URL")(value, at, mistakes)
    return read.strip() if isinstance(read, str) else read


def _form(is_good: Callable[[str], bool], message: str) -> Check:
    def check(value: Any, at: str, mistakes: List[Mistake]) -> Any:
        if not isinstance(value, str):
            mistakes.append(_wrong_type("string", value, at))
        elif not is_good(value):
            mistakes.append(Mistake(at, message))
        return value

    return check


def text_between(least: int, most: int) -> Check:
    """A text of so many UTF-16 code units."""

    def check(value: Any, at: str, mistakes: List[Mistake]) -> Any:
        if not isinstance(value, str):
            mistakes.append(_wrong_type("string", value, at))
            return value
        length = len(value.encode("utf-16-le", "surrogatepass")) // 2
        if length < least:
            mistakes.append(Mistake(at, f"Too small: expected string to have >={least} characters"))
        elif length > most:
            mistakes.append(Mistake(at, f"Too big: expected string to have <={most} characters"))
        return value

    return check


def one_of(options: Sequence[str]) -> Check:
    """One of some texts."""
    listed = "|".join(f'"{option}"' for option in options)

    def check(value: Any, at: str, mistakes: List[Mistake]) -> Any:
        if not isinstance(value, str) or value not in options:
            mistakes.append(Mistake(at, f"Invalid option: expected one of {listed}"))
        return value

    return check


def boolean(value: Any, at: str, mistakes: List[Mistake]) -> Any:
    """True or false."""
    if not isinstance(value, bool):
        mistakes.append(_wrong_type("boolean", value, at))
    return value


def integer(least: int, most: int = _LARGEST_INTEGER) -> Check:
    """A whole number within bounds."""

    def check(value: Any, at: str, mistakes: List[Mistake]) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            mistakes.append(_wrong_type("number", value, at))
        elif isinstance(value, float) and not value.is_integer():
            mistakes.append(Mistake(at, "Invalid input: expected int, received number"))
        elif value < least:
            mistakes.append(Mistake(at, f"Too small: expected number to be >={least}"))
        elif value > most:
            kind = "int" if most == _LARGEST_INTEGER else "number"
            mistakes.append(Mistake(at, f"Too big: expected {kind} to be <={most}"))
        else:
            return int(value)
        return value

    return check


def fields(checks: Mapping[str, Check]) -> Check:
    """An object with these fields; others are left out."""

    def check(value: Any, at: str, mistakes: List[Mistake]) -> Any:
        if not isinstance(value, dict):
            mistakes.append(_wrong_type("object", value, at))
            return value
        return {name: field(value.get(name, MISSING), f"{at}.{name}", mistakes) for name, field in checks.items()}

    return check


def items(item: Check, least: int, most: int) -> Check:
    """A list of so many items."""

    def check(value: Any, at: str, mistakes: List[Mistake]) -> Any:
        if not isinstance(value, list):
            mistakes.append(_wrong_type("array", value, at))
            return value
        if len(value) < least:
            mistakes.append(Mistake(at, f"Too small: expected array to have >={least} items"))
        elif len(value) > most:
            mistakes.append(Mistake(at, f"Too big: expected array to have <={most} items"))
        return [item(each, f"{at}.{index}", mistakes) for index, each in enumerate(value)]

    return check


def texts_by_name(value: Any, at: str, mistakes: List[Mistake]) -> Any:
    """An object whose values are texts."""
    if not isinstance(value, dict):
        mistakes.append(_wrong_type("object", value, at))
        return value
    return {name: text(each, f"{at}.{name}", mistakes) for name, each in value.items()}


def optional(check: Check, default: Any = None) -> Check:
    """A value that need not be given."""

    def checked(value: Any, at: str, mistakes: List[Mistake]) -> Any:
        return default if value is MISSING else check(value, at, mistakes)

    return checked


def _wrong_type(wanted: str, value: Any, at: str) -> Mistake:
    return Mistake(at, f"Invalid input: expected {wanted}, received {_type_of(value)}")


_TYPES: Dict[type, str] = {
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


def _type_of(value: Any) -> str:
    if value is MISSING:
        return "undefined"
    return "null" if value is None else _TYPES.get(type(value), "unknown")
