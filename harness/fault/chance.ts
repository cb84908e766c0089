/**
 * A number from 0 up to 1, by chance and yet the same each time for the same seed and index, whatever is asked before:
 * the finisher of MurmurHash3 over both.
 */
export function chance(seed: number, index: number): number {
  let bits = (seed ^ Math.imul(index + 1, 0x9e37_79b9)) >>> 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35)
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32
}
