"""Tokens, held to the shared vectors."""

from __future__ import annotations

import base64
import json
import re
import unittest

from prometheus_auth.problems import CredentialProblem
from prometheus_auth.tokens import Caller, issue_token, read_token_keys, verify_token

from .vectors import VECTORS


def part(token: str, index: int) -> object:
    text = token.split(".")[index]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


class TokenKeys(unittest.TestCase):
    def test_reads_keys(self) -> None:
        for vector in VECTORS["token_keys"]["good"]:
            with self.subTest(vector["name"]):
                self.assertEqual([key.id for key in read_token_keys(vector["text"])], vector["ids"])

    def test_refuses_keys_and_repeats_nothing_of_them(self) -> None:
        for vector in VECTORS["token_keys"]["bad"]:
            with self.subTest(vector["name"]), self.assertRaises(ValueError) as caught:
                read_token_keys(vector["text"])
            for piece in filter(lambda piece: len(piece) > 3, re.split("[=,]", vector["text"])):
                self.assertNotIn(piece, str(caught.exception))

    def test_a_key_shows_its_id_alone(self) -> None:
        (key,) = read_token_keys("a=0123456789abcdef0123456789abcdef")
        self.assertEqual(f"{key} {key!r}", "TokenKey('a') TokenKey('a')")


class Tokens(unittest.TestCase):
    def test_issues_tokens(self) -> None:
        for vector in VECTORS["issuing"]:
            with self.subTest(vector["name"]):
                keys, caller = read_token_keys(vector["keys"]), Caller(**vector["caller"])
                token = issue_token(keys, caller, vector["audience"], vector["now"], vector["lifetime"])
                self.assertEqual(part(token, 0), vector["header"])
                self.assertEqual(part(token, 1), vector["claims"])
                self.assertEqual(verify_token(keys, token, vector["audience"], vector["claims"]["exp"] - 1), caller)

    def test_verifies_tokens(self) -> None:
        for vector in VECTORS["tokens"]:
            with self.subTest(vector["name"]):
                self.assertEqual(verdict(vector), vector.get("code") or Caller(**vector["caller"]))

    def test_a_token_that_was_just_issued_is_good_for_its_audience_alone(self) -> None:
        keys = read_token_keys("a=0123456789abcdef0123456789abcdef")
        token = issue_token(keys, Caller("container", "container"), "prometheus-coordinator")
        self.assertEqual(verify_token(keys, token, "prometheus-coordinator").name, "container")
        with self.assertRaises(CredentialProblem):
            verify_token(keys, token, "prometheus-container")


def verdict(vector: dict) -> object:
    try:
        return verify_token(read_token_keys(vector["keys"]), vector["token"], vector["audience"], vector["now"])
    except CredentialProblem as problem:
        return problem.code


if __name__ == "__main__":
    unittest.main()
