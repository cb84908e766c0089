import type { Operation } from '#harness/contract/operation.ts'
import type { System } from '#harness/contract/system.ts'
import { projectVersion } from '../project-version.ts'
import { clientClass } from './component-module.ts'
import { identifierOf } from './names.ts'
import type { Promising } from './package.ts'

/** `pyproject.toml` of a generated package. */
export async function projectText(system: System, name: string): Promise<string> {
  return `
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "${name.replaceAll('_', '-')}"
version = "${await projectVersion()}"
description = "Clients of ${system.name}, made from its contracts"
readme = "README.md"
requires-python = ">=3.9"
dependencies = []

[tool.setuptools]
packages = ["${name}", "${name}.runtime"]

[tool.setuptools.package-data]
"${name}" = ["py.typed"]
`
}

/** `README.md` of a generated package. */
export function readmeText(system: System, components: readonly Promising[], name: string): string {
  const rows = components.map(
    ({ component, module, contract }) =>
      `- \`${name}.${module}.${clientClass(component)}\`: ${component} (\`${contract.name}\`)`,
  )
  const [first] = components
  const operation = Object.entries(first?.contract.operations ?? {}).find(
    ([, { kind, spec }]) => kind === 'http' && isPlain(spec),
  )
  const call = operation ? `${identifierOf(operation[0])}()` : 'some_operation(…)'
  return `# ${name}

Clients of ${system.name} for Python 3.9 and newer, made from its contracts. Nothing but the standard library is needed.

${rows.join('\n')}

\`\`\`python
from ${name} import BearerToken, ReplyError
from ${name}.${first?.module} import ${first && clientClass(first.component)}

client = ${first && clientClass(first.component)}("http://127.0.0.1:8080", BearerToken(lambda: token), timeout=10.0)
try:
    reply = client.${call}  # parameters of the path come first, then query=, body=, headers=
    print(reply.status, reply.body, reply.headers)
except ReplyError as refusal:
    print(refusal.status, refusal.code, refusal.message, refusal.request_id)
\`\`\`

- **Bodies** are frozen dataclasses; a plain dict is taken for one too. Optional fields that are \`None\` are not sent. Dates and
  times are text, as they are in JSON.
- **Reading** is tolerant: fields that the contract does not have are ignored. A field that is missing, or has a value that
  its enumeration does not have, raises \`ContractViolation\` when it is read; a value of another type does so at once. Formats
  and limits are not checked.
- **Errors** are all \`ConcordatError\`: \`ReplyError\` (the provider refused), \`ContractViolation\`, \`TimedOut\`, \`ConnectionFailed\`.
  Each has \`operation\`, \`url\` and \`request_id\`.
- **Retries**: GET, PUT and DELETE are tried again, with exponential back-off and jitter, where no whole answer came, or one of
  502, 503 and 504 that the operation does not declare.
- **Credentials**: \`BearerToken\`, \`Cookie\`, or any object with \`headers(method, path, body)\`; they go with the operations that ask for some.
`
}

function isPlain(spec: Operation['spec']): boolean {
  return !spec.params && !spec.query && !('body' in spec)
}
