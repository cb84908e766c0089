import type { Drift } from '#harness/drift/drift.ts'
import { answered, requestMethod, requestPath } from '#harness/drift/deviations.ts'
import { inStatus } from '#harness/drift/places.ts'

/** Path, verb and presence of an operation (C1 to C3). */
export const routes: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'renameConversation',
    name: 'served under another prefix',
    hooks: requestPath((path) => path.replace('/api/', '/api/v1/')),
    expected: inStatus,
  },
  {
    class: 'C1',
    operation: 'renameConversation',
    name: 'served at a sub-path',
    hooks: requestPath((path) => `${path}/title`),
    expected: inStatus,
  },
  {
    class: 'C1',
    operation: 'streamChat',
    name: 'stream served elsewhere',
    hooks: requestPath(() => '/api/v1/chat'),
    expected: { code: 'stream-mismatch' },
  },
  {
    class: 'C2',
    operation: 'renameConversation',
    name: 'PUT where the consumer sends PATCH',
    hooks: requestMethod('PUT'),
    expected: inStatus,
  },
  {
    class: 'C3',
    operation: 'uploadFile',
    name: 'not served',
    hooks: answered(404, { error: { code: 'not_found', message: 'No such route.' } }),
    expected: inStatus,
  },
  {
    class: 'C3',
    operation: 'followChat',
    name: 'stream not served',
    hooks: answered(404, {}),
    expected: { code: 'stream-mismatch' },
  },
]
