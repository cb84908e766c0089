/** Reason phrases of refusals, as registered with IANA (RFC 9110 §15.5, §15.6, RFC 6585). A browser knows no list of them. */
const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  423: 'Locked',
  425: 'Too Early',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** A status in words: `Not Found`, and as a code of an error, `not_found`. */
export function statusWords(status: number): Readonly<{ phrase: string; code: string }> {
  const phrase = phrases[status] ?? 'Failure'
  return { phrase, code: phrase.toLowerCase().replaceAll(/[^a-z]+/g, '_') }
}
