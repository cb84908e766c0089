import type { ReactNode } from 'react'

type Props = Readonly<{
  title: string
  values: Readonly<Record<string, string | readonly string[]>>
  isOpen?: boolean
}>

/** Headers or a query: names and their values, folded away unless told otherwise. */
export function NameValues({ title, values, isOpen = false }: Props): ReactNode {
  const pairs = Object.entries(values).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  if (pairs.length === 0) return null
  return (
    <details open={isOpen}>
      <summary>
        {title} <span className="faint">{pairs.length}</span>
      </summary>
      <table className="pairs">
        <tbody>
          {pairs.map(([name, value], index) => (
            <tr key={index}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
