// Timing and statistics; for HTTP a minimal client with keep-alive connections, to take little time from the process
// under test.
import { Agent, request } from 'node:http'

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
export function httpClient(base: string, sockets: number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const { hostname, port } = new URL(base)
  return {
    call: (method, path, cookie, body, headers) =>
      new Promise((resolve, reject) => {
        const payload = body === undefined ? undefined : JSON.stringify(body)
        const req = request(
          {
            agent,
            hostname,
            port,
            method,
            path,
            headers: {
              ...headers,
              cookie,
              ...(payload === undefined
                ? {}
                : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
            },
          },
          (res) => {
            let text = ''
            res.setEncoding('utf8')
            res.on('data', (d: string) => {
              text += d
            })
            res.on('end', () => resolve({ status: res.statusCode ?? 0, text }))
            res.on('error', reject)
          },
        )
        req.on('error', reject)
        req.end(payload)
      }),
    close: () => agent.destroy(),
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
