"""Text as the contract counts it."""

from __future__ import annotations

import unittest

from service.text import now_iso, shortened


class Text(unittest.TestCase):
    def test_cuts_what_is_too_long_and_no_character_in_two(self) -> None:
        self.assertEqual(shortened("abc", 3), "abc")
        self.assertEqual(shortened("abcd", 3), "abc")
        self.assertEqual(shortened("ab🚀", 3), "ab")
        self.assertEqual(shortened("🚀🚀", 4), "🚀🚀")

    def test_writes_the_time_with_milliseconds(self) -> None:
        self.assertRegex(now_iso(), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")


if __name__ == "__main__":
    unittest.main()
