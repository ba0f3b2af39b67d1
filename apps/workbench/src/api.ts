// 与服务端说话的唯一一处。会话中途失效时请求停在原地，重新登录后自动继续，填写的内容不会丢失。
import type { Problem } from '@dianzhang/contract'

export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ProblemError'
    this.problem = problem
  }
}
/** 无权看，或者没有这一件：再试也是一样。 */
export const isRefused = (error: unknown): boolean =>
  error instanceof ProblemError && (error.problem.status === 403 || error.problem.status === 404)
/** 没有得到答复（断网、服务停止）：办没办成并不知道，可以用同一命令标识再试。 */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

type Listener = () => void
/** 等待重新登录的请求；有请求在等时弹出登录窗。 */
class SessionGate {
  waiting: Array<(signedIn: boolean) => void> = []
  readonly #listeners = new Set<Listener>()
  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  closed = (): boolean => this.waiting.length > 0
  wait(): Promise<boolean> {
    return new Promise((resolve) => {
      this.waiting.push(resolve)
      this.#tell()
    })
  }
  open(signedIn: boolean): void {
    for (const resolve of this.waiting.splice(0)) resolve(signedIn)
    this.#tell()
  }
  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
export const gate = new SessionGate()

interface CallOptions {
  /** 会话失效时直接报错，不弹登录窗。 */
  withoutGate?: boolean
  signal?: AbortSignal
  /** 另加的请求头，如 If-Match。 */
  headers?: Record<string, string>
}
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<T> {
  for (;;) {
    let response: Response
    try {
      response = await fetch(path, {
        method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body === undefined
            ? {}
            : { 'content-type': body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json' }),
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
        ...(options.signal ? { signal: options.signal } : {}),
      })
    } catch (error) {
      if (options.signal?.aborted) throw error
      throw new NetworkError('没有连上服务器。请检查网络后再试；已填写的内容仍在。')
    }
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
    const problem = await problemOf(response)
    if (problem.code === 'unauthenticated' && !options.withoutGate && (await gate.wait())) continue
    throw new ProblemError(problem)
  }
}
async function problemOf(response: Response): Promise<Problem> {
  try {
    const found = (await response.json()) as Problem
    if (typeof found.code === 'string') return found
  } catch {
    // 代理等给出的不是本系统的答复。
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
export const remove = <T>(path: string): Promise<T> => call<T>('DELETE', path)

/** 给人看的一句话。 */
export function sentence(error: unknown): string {
  if (error instanceof ProblemError) {
    const { problem } = error
    return problem.code === 'internal' && problem.requestId
      ? `${problem.detail}（请求编号 ${problem.requestId}）`
      : problem.detail || problem.title
  }
  return error instanceof Error ? error.message : '出现未知错误'
}
/** 查询串；空值不写。 */
export function search(values: Record<string, string | number | boolean | null | undefined>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== '' && value !== false) query.set(key, String(value))
  const text = query.toString()
  return text ? `?${text}` : ''
}
/** 一次失败说在哪一栏：栏的路径 → 说明；不属于哪一栏的以空路径说明。 */
export function fieldErrors(error: unknown): Record<string, string> {
  const issues = error instanceof ProblemError ? (error.problem.issues ?? []) : []
  return issues.length > 0
    ? Object.fromEntries(issues.map((issue) => [issue.path, issue.message]))
    : { '': sentence(error) }
}
