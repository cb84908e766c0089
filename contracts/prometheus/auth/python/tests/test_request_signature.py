"""Signed requests, held to the shared vectors."""

from __future__ import annotations

import base64
import unittest

from prometheus_auth import base58, ed25519
from prometheus_auth.problems import CredentialProblem
from prometheus_auth.request_signature import (
    Request,
    Signed,
    VerifiedSignature,
    public_key_of,
    sign_request,
    text_to_sign,
    verify_request,
)

from .vectors import VECTORS


def request_of(vector: dict) -> Request:
    return Request(vector["method"], vector["path"], base64.b64decode(vector["body"]))


class Base58(unittest.TestCase):
    def test_writes_and_reads_bytes(self) -> None:
        for vector in VECTORS["base58"]:
            with self.subTest(vector["name"]):
                self.assertEqual(base58.encode(bytes.fromhex(vector["bytes"])), vector["text"])
                self.assertEqual(base58.decode(vector["text"]).hex(), vector["bytes"])

    def test_refuses_other_letters_and_repeats_none_of_the_text(self) -> None:
        for text in ("0", "O", "I", "l", "ab+c", "é", " 1"):
            with self.subTest(text), self.assertRaises(ValueError) as caught:
                base58.decode(text)
            self.assertNotIn(repr(text), str(caught.exception))


class Ed25519(unittest.TestCase):
    def test_gives_the_keys_and_signatures_of_rfc_8032(self) -> None:
        for vector in VECTORS["ed25519"]["rfc8032"]:
            with self.subTest(vector["name"]):
                seed, message = bytes.fromhex(vector["seed"]), bytes.fromhex(vector["message"])
                self.assertEqual(ed25519.public_key_of(seed).hex(), vector["public_key"])
                self.assertEqual(ed25519.sign(seed, message).hex(), vector["signature"])

    def test_is_as_strict_as_the_other_language(self) -> None:
        for vector in VECTORS["ed25519"]["strictness"]:
            with self.subTest(vector["name"]):
                parts = (bytes.fromhex(vector[name]) for name in ("public_key", "message", "signature"))
                self.assertEqual(ed25519.verify(*parts), vector["holds"])


class SignedRequests(unittest.TestCase):
    def test_signs_requests(self) -> None:
        for vector in VECTORS["signing"]:
            with self.subTest(vector["name"]):
                signed = Signed(request_of(vector), vector["audience"], vector["created"], vector["nonce"])
                self.assertEqual(text_to_sign(signed), vector["text"])
                self.assertEqual(public_key_of(vector["private_key"]), vector["public_key"])
                self.assertEqual(f"Signature {sign_request(vector['private_key'], signed)}", vector["header"])
                self.assertTrue(vector["header"].endswith(f".{vector['signature']}"))

    def test_verifies_requests(self) -> None:
        for vector in VECTORS["verifying"]:
            with self.subTest(vector["name"]):
                self.assertEqual(verdict(vector), vector["code"] or verified(vector["credential"]))

    def test_private_keys_that_are_none_are_refused_and_not_repeated(self) -> None:
        for key in ("", "not-a-key", "z" * 44, "11111"):
            with self.subTest(key), self.assertRaises(ValueError) as caught:
                public_key_of(key)
            self.assertNotIn(key or "-", str(caught.exception))


def verdict(vector: dict) -> object:
    try:
        return verify_request(vector["credential"], request_of(vector), vector["audience"], vector["now"])
    except CredentialProblem as problem:
        return problem.code


def verified(credential: str) -> VerifiedSignature:
    public_key, created, nonce, _ = credential.split(".")
    return VerifiedSignature(public_key, nonce, int(created))


if __name__ == "__main__":
    unittest.main()
