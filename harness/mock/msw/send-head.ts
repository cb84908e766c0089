/**
 * A reply whose head is sent at once. MSW sends a head with the first chunk of its body: here that is an empty one, so
 * that the caller of a stream that is silent at first knows that it is there. It is sent in chunks, as from a port: without
 * that, MSW lets a stream that breaks off look like one that has ended.
 */
export function sendHead(response: Response): Response {
  if (!response.body) return response
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array()),
  })
  // Where one side breaks off, the other one is told by the pipe itself.
  response.body.pipeTo(writable).catch(() => undefined)
  const sent = new Response(readable, response)
  sent.headers.set('transfer-encoding', 'chunked')
  return sent
}
