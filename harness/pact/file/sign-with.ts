/**
 * Stands in a pact before a secret that signs: `Signature sign-with:${private_key}`. A replay puts the signature of the
 * request there; the secret itself goes no further.
 */
export const signWith = 'sign-with:'
