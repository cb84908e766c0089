"""Who calls whom in prometheus: tokens and signed requests, in the standard library alone.

The same rules as in `tokens.ts` and `request-signature.ts`; `vectors.json` holds both to them.
"""
