"""Why a credential is not taken: the codes and messages of `refusals.ts`."""

from __future__ import annotations

MESSAGES = {
    "signature_malformed": "The signature cannot be read.",
    "signature_expired": "The request was signed too long ago, or the clocks differ.",
    "signature_invalid": "The signature does not belong to this request.",
    "signature_replayed": "This request was made before.",
    "key_unknown": "No node has this key.",
    "token_malformed": "The token cannot be read.",
    "token_expired": "The token is over.",
    "token_invalid": "The token is not good here.",
}


class CredentialProblem(Exception):
    """A credential is not taken; `code` says why. Says nothing of the credential itself."""

    def __init__(self, code: str) -> None:
        super().__init__(MESSAGES[code])
        self.code = code
