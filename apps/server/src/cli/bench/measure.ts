// Timing and statistics; for HTTP a minimal client with keep-alive connections, to take little time from the process
// under test.
import { connect, type Socket } from 'node:net'

export interface Latencies {
  count: number
  perSecond: number
  p50: number
  p99: number
}
/** Array of latencies in milliseconds → rate and quantiles. */
export function summarise(latencies: number[], seconds: number): Latencies {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (q: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 100) / 100
  return { count: sorted.length, perSecond: Math.round(sorted.length / seconds), p50: at(0.5), p99: at(0.99) }
}
export interface HttpClient {
  call(
    method: 'GET' | 'POST',
    path: string,
    cookie: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string }>
  close(): void
}
/**
 * Writes requests and reads answers on kept connections itself: it runs on the cores of what it measures, and Node's own client
 * takes a fifth of what the server takes for a command. Answers come whole, by length or in pieces (RFC 9112, 6 and 7.1).
 */
export function httpClient(base: string, sockets: number): HttpClient {
  const { hostname, port, host } = new URL(base)
  const idle: Line[] = []
  const waiting: Array<(line: Line) => void> = []
  let open = 0
  const lines = new Set<Line>()
  const opened = (): Line => {
    open++
    const line = openLine(hostname, Number(port), () => {
      open--
      lines.delete(line)
    })
    lines.add(line)
    return line
  }
  const free = (line: Line) => {
    const next = waiting.shift()
    if (next) next(line.socket.destroyed ? opened() : line)
    else if (!line.socket.destroyed) idle.push(line)
  }
  const lineFor = (): Line | Promise<Line> => {
    for (let line = idle.pop(); line; line = idle.pop()) if (!line.socket.destroyed) return line
    if (open >= sockets) return new Promise((resolve) => waiting.push(resolve))
    return opened()
  }
  return {
    call: async (method, path, cookie, body, headers) => {
      const payload = body === undefined ? '' : JSON.stringify(body)
      const sent =
        body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(payload)}\r\n`
      const more = headers ? Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`) : []
      const found = lineFor()
      const line = found instanceof Promise ? await found : found
      const request = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${cookie ? `cookie: ${cookie}\r\n` : ''}${more.join('')}${sent}\r\n${payload}`
      return line.ask(request).finally(() => free(line))
    },
    close: () => {
      for (const { socket } of lines) socket.destroy()
    },
  }
}

type Answer = { status: number; text: string }
interface Line {
  socket: Socket
  /** One question at a time. */
  ask(request: string): Promise<Answer>
}
function openLine(hostname: string, port: number, gone: () => void): Line {
  const socket = connect(port, hostname)
  socket.setNoDelay()
  let asked: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null
  let come: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    come = come.length === 0 ? chunk : Buffer.concat([come, chunk])
    const answer = wholeAnswer(come)
    if (answer === null) return
    come = Buffer.alloc(0)
    asked?.resolve(answer)
  })
  socket.on('error', (error) => asked?.reject(error))
  socket.on('close', () => {
    gone()
    asked?.reject(new Error('the connection was closed'))
  })
  return {
    socket,
    ask: (request) =>
      new Promise((resolve, reject) => {
        asked = { resolve, reject }
        socket.write(request)
      }),
  }
}
/** The answer, once all of it has come; null before. */
function wholeAnswer(come: Buffer): Answer | null {
  const end = come.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = come.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const from = end + 4
  if (status === 204 || status === 304) return { status, text: '' }
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (length) {
    const to = from + Number(length[1])
    return come.length < to ? null : { status, text: come.toString('utf8', from, to) }
  }
  const pieces: Buffer[] = []
  for (let at = from; ; ) {
    const line = come.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(come.toString('latin1', at, line), 16)
    if (come.length < line + size + 4) return null
    if (size === 0) return { status, text: Buffer.concat(pieces).toString() }
    pieces.push(come.subarray(line + 2, line + 2 + size))
    at = line + size + 4
  }
}
/** Microseconds per call (median): timed in batches, the median of the batches. */
export function microseconds(work: () => void, batches = 30, perBatch = 50): number {
  for (let i = 0; i < perBatch; i++) work()
  const times: number[] = []
  for (let b = 0; b < batches; b++) {
    const begun = performance.now()
    for (let i = 0; i < perBatch; i++) work()
    times.push(((performance.now() - begun) * 1000) / perBatch)
  }
  return Math.round((times.sort((a, b) => a - b)[Math.floor(batches / 2)] ?? 0) * 10) / 10
}

/** “排序 42 ms（最多 60）、筛选 …”. */
export const interactionWords = (interactions: Record<string, { median: number; most: number }>): string =>
  Object.entries(interactions)
    .map(([name, { median, most }]) => `${name} ${median} ms（最多 ${most}）`)
    .join('、')

/** In MB: resident, and what the main thread's heap has in use and has taken, and buffers beside it. */
export interface Settled {
  rss: number
  heap: { used: number; taken: number; beside: number }
}
/** “常驻 231 MB，堆 82／86 MB，堆外 10 MB”. */
export const settledWords = ({ rss, heap }: Settled): string =>
  `常驻 ${rss} MB，堆 ${heap.used}／${heap.taken} MB，堆外 ${heap.beside} MB`
