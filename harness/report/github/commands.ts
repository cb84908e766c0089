/** A workflow command of GitHub Actions, with its parts encoded as the runner decodes them. */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${encodeProperty(String(value))}`)
  return `::${name}${listed.length > 0 ? ` ${listed.join(',')}` : ''}::${encodeData(text)}`
}

function encodeData(text: string): string {
  return text.toWellFormed().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function encodeProperty(text: string): string {
  return encodeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
