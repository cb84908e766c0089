"""Checks of values."""

from __future__ import annotations

import unittest
from typing import Any, List

from service import checks
from service.refusal import Mistake


def mistakes_of(check: checks.Check, value: Any) -> List[str]:
    mistakes: List[Mistake] = []
    check(value, "here", mistakes)
    return [mistake.message for mistake in mistakes]


class Checks(unittest.TestCase):
    def test_takes_uuids_in_any_case_and_no_other_text(self) -> None:
        for good in ("3F6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10", "00000000-0000-0000-0000-000000000000"):
            self.assertEqual(mistakes_of(checks.uuid, good), [])
        for bad in ("", "3f6c1a52", "3f6c1a52-9a3c-9c55-8c1f-0a1f5b8d2f10", "../../etc/passwd"):
            self.assertEqual(mistakes_of(checks.uuid, bad), ["Invalid UUID"])
        with_line_feed = "3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10\n"
        self.assertEqual(mistakes_of(checks.uuid, with_line_feed), ["Invalid UUID"])

    def test_takes_addresses_of_https_alone(self) -> None:
        for good in ("https://github.com/a/b/pull/1", "HTTPS://example.com:8443/a b?c#d", " https://[::1]/ "):
            self.assertEqual(mistakes_of(checks.https_url, good), [], good)
        for bad in ("http://github.com", "https://", "github.com", "https://a b", "ftp://x", "javascript:https://x"):
            self.assertEqual(mistakes_of(checks.https_url, bad), ["Invalid URL"], bad)

    def test_whole_numbers_may_be_written_with_a_point(self) -> None:
        self.assertEqual(checks.integer(0)(1.0, "here", []), 1)
        self.assertEqual(mistakes_of(checks.integer(0), 1.5), ["Invalid input: expected int, received number"])
        self.assertEqual(mistakes_of(checks.integer(0), True), ["Invalid input: expected number, received boolean"])
        self.assertEqual(mistakes_of(checks.integer(0), 1e300), ["Too big: expected int to be <=9007199254740991"])

    def test_names_the_place_of_every_mistake(self) -> None:
        mistakes: List[Mistake] = []
        inner = checks.fields({"name": checks.text})
        check = checks.fields({"id": checks.uuid, "inner": inner, "list": checks.items(inner, 1, 2)})
        check({"id": 3, "inner": [], "list": [{"name": "a"}, {}]}, "body", mistakes)
        self.assertEqual(
            mistakes,
            [
                Mistake("body.id", "Invalid input: expected string, received number"),
                Mistake("body.inner", "Invalid input: expected object, received array"),
                Mistake("body.list.1.name", "Invalid input: expected string, received undefined"),
            ],
        )

    def test_leaves_out_fields_that_the_contract_does_not_have(self) -> None:
        self.assertEqual(checks.fields({"a": checks.text})({"a": "1", "b": "2"}, "body", []), {"a": "1"})

    def test_counts_texts_in_utf_16_code_units(self) -> None:
        check = checks.text_between(1, 2)
        self.assertEqual(mistakes_of(check, "🚀"), [])
        self.assertEqual(mistakes_of(check, "🚀a"), ["Too big: expected string to have <=2 characters"])
        self.assertEqual(mistakes_of(check, ""), ["Too small: expected string to have >=1 characters"])


if __name__ == "__main__":
    unittest.main()
