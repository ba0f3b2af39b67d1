// The only place that talks to the server. When the session expires midway, a request waits where it is and goes on by
// itself after signing in again; nothing filled in is lost.
import type { Problem } from '@dianzhang/contract'

export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ProblemError'
    this.problem = problem
  }
}
/** No right to see it, or no such thing: trying again gives the same. */
export const isRefused = (error: unknown): boolean =>
  error instanceof ProblemError && (error.problem.status === 403 || error.problem.status === 404)
/**
 * No answer came (network down, server stopped): whether it was done is not known; it can be tried again with the
 * same command id.
 */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

type Listener = () => void
/** Requests waiting for a new sign-in; the sign-in window opens when any are waiting. */
class SessionGate {
  waiting: Array<(signedIn: boolean) => void> = []
  /** How often somebody signed in or out on this page: an answer to what was asked before is one of the session that was. */
  signIns = 0
  /**
   * Whose page this is; null while nobody is signed in. Told with every request: where somebody else has signed in meanwhile in
   * this browser, in another window, nothing is done in their name and nothing of theirs is shown here.
   */
  person: string | null = null
  /** Not the end of the session is waited out, but somebody else's. */
  another = false
  readonly #listeners = new Set<Listener>()
  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  closed = (): boolean => this.waiting.length > 0
  /**
   * Waits for a new sign-in; whether there was one. `sentAt` is `signIns` when the request was sent: a refusal of the old
   * session may come after the new sign-in, and then there is nothing to wait for. `another`: it is somebody else's session.
   */
  wait(sentAt: number, another = false): Promise<boolean> {
    // Whoever signed out waits for nothing: what was still under way is refused.
    if (this.person === null) return Promise.resolve(false)
    if (sentAt !== this.signIns) return Promise.resolve(true)
    return new Promise((resolve) => {
      this.another = another
      this.waiting.push(resolve)
      this.#tell()
    })
  }
  open(signedIn: boolean): void {
    if (signedIn) this.signIns += 1
    for (const resolve of this.waiting.splice(0)) resolve(signedIn)
    this.#tell()
  }
  /** This page is that person's from now on; null: nobody's. */
  becomes(person: string | null): void {
    if (person === this.person) return
    this.person = person
    this.signIns += 1
    if (person === null) this.open(false)
  }
  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
export const gate = new SessionGate()
/** Whose page asks, for requests that are not sent by `call`. */
export const askedBy = (): Record<string, string> =>
  gate.person === null ? {} : { 'x-person': encodeURIComponent(gate.person) }

interface CallOptions {
  /** When the session has expired, fail at once without opening the sign-in window. */
  withoutGate?: boolean
  signal?: AbortSignal
  /** Further request headers, such as If-Match. */
  headers?: Record<string, string>
}
/** The answer, read by `read`; refused: ProblemError. */
async function answerTo<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown,
  options: CallOptions,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  for (;;) {
    let response: Response
    const sentAt = gate.signIns
    try {
      response = await fetch(path, {
        method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body === undefined
            ? {}
            : { 'content-type': body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json' }),
          ...askedBy(),
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
        ...(options.signal ? { signal: options.signal } : {}),
      })
      // It may break off while the answer is coming: done or not, it is not known here.
      if (response.ok) return await read(response)
    } catch (error) {
      if (options.signal?.aborted) throw error
      throw new NetworkError('没有连上服务器。请检查网络后再试；已填写的内容仍在。')
    }
    const problem = await problemOf(response)
    if (problem.code === 'unauthenticated' && !options.withoutGate && (await gate.wait(sentAt, problem.another)))
      continue
    throw new ProblemError(problem)
  }
}
export const call = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<T> =>
  answerTo(method, path, body, options, async (response) =>
    response.status === 204 ? (undefined as T) : ((await response.json()) as T),
  )
/** A file as it is stored. */
export const getBlob = (path: string): Promise<Blob> =>
  answerTo('GET', path, undefined, { headers: { accept: '*/*' } }, (response) => response.blob())
async function problemOf(response: Response): Promise<Problem> {
  try {
    const found = (await response.json()) as Problem
    if (typeof found.code === 'string') return found
  } catch {
    // A proxy or the like gave an answer that is not this system's.
  }
  return {
    type: 'about:blank',
    title: '服务暂不可用',
    status: response.status,
    code: 'unavailable',
    detail: `服务器答复 ${response.status}，请稍后再试。`,
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  call<T>('GET', path, undefined, signal ? { signal } : {})
export const post = <T>(path: string, body: unknown, options?: CallOptions): Promise<T> =>
  call<T>('POST', path, body, options)
export const remove = <T>(path: string, options?: CallOptions): Promise<T> =>
  call<T>('DELETE', path, undefined, options)

/** One sentence for people. */
export function sentence(error: unknown): string {
  if (error instanceof ProblemError) {
    const { problem } = error
    return problem.code === 'internal' && problem.requestId
      ? `${problem.detail}（请求编号 ${problem.requestId}）`
      : problem.detail || problem.title
  }
  return error instanceof Error ? error.message : '出现未知错误'
}
/** The query string; empty values are not written. */
export function search(values: Record<string, string | number | boolean | null | undefined>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== '' && value !== false) query.set(key, String(value))
  const text = query.toString()
  return text ? `?${text}` : ''
}
/** A failure says which field: path of the field → message; what belongs to no field is under the empty path. */
export function fieldErrors(error: unknown): Record<string, string> {
  const issues = error instanceof ProblemError ? (error.problem.issues ?? []) : []
  return issues.length > 0
    ? Object.fromEntries(issues.map((issue) => [issue.path, issue.message]))
    : { '': sentence(error) }
}
