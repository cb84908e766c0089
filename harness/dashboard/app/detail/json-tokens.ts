/** A piece of JSON text, by what it is. */
export type JsonToken = Readonly<{ kind: 'key' | 'text' | 'number' | 'word' | 'rest'; text: string }>

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([^"\d\-tfn]+)/g

/** Takes JSON text apart, to show each kind in its colour. Nothing of the text is lost. */
export function jsonTokens(json: string): readonly JsonToken[] {
  return [...json.matchAll(token)].flatMap(([all, quoted, colon, number, word]): readonly JsonToken[] => {
    if (quoted !== undefined && colon !== undefined)
      return [
        { kind: 'key', text: quoted },
        { kind: 'rest', text: colon },
      ]
    if (quoted !== undefined) return [{ kind: 'text', text: quoted }]
    if (number !== undefined) return [{ kind: 'number', text: number }]
    return [{ kind: word === undefined ? 'rest' : 'word', text: all }]
  })
}
