// Registration of operations: adding the route and writing its API description are one step, so the description cannot
// miss any route.
import type { answers } from '@dianzhang/contract'
import { AppError, type ProblemCode, type Role } from '@dianzhang/contract'
import { tableFormats, tableMedia } from '@dianzhang/formats'
import { listUnits, type Person, requireVisible } from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { sendFile } from './send-file.ts'
import { requirePerson, requireRole } from './session.ts'
import { type Table, tableFile } from './tables.ts'
import type { AppEnv } from './types.ts'
import { isUnwritable, readJson, validated } from './validate.ts'

export interface Answer<A extends z.ZodType = z.ZodType> {
  status?: 200 | 201 | 202 | 204
  description: string
  /** Absent: the answer is described in words only. */
  schema?: A
  /** Default `application/json`; several where the path chooses one. */
  mediaType?: string | readonly string[]
}
export interface Operation<
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'delete'
  /** Hono path, `/api/documents/:id`. */
  path: string
  tag: string
  summary: string
  description?: string
  query?: Q
  body?: B
  /** The body is a file of this media type; the handler reads it itself, piece by piece. */
  upload?: { mediaType: string; description: string }
  /** Request headers the route needs, for the document. */
  headers?: ReadonlyArray<{ name: string; description: string; required: boolean }>
  /** Looks at the raw body before its schema does, to refuse with a better sentence. */
  precheck?: (body: unknown) => void
  answer: Answer<A>
  /** Problem codes beyond the ones every route of its kind may answer. */
  problems?: readonly ProblemCode[]
  /** A list: also given as `<path>.csv` and `<path>.xlsx` (`table.at`), with the same query but for the paging. */
  table?: Table
  /** Any of these roles; default every signed-in person. */
  roles?: readonly Role[]
  /** Open while the first password has not been changed. */
  evenWithFirstPassword?: boolean
  /**
   * The handler itself answers 404 for a file this person may not see, before anything else it could say (the command
   * route: its transaction reads the row anyway). Every other route below a file is asked here, before its input is read.
   */
  asksForItself?: boolean
}
export interface Registered extends Operation {
  access: 'anyone' | 'person'
}

interface Input<Q extends z.ZodType, B extends z.ZodType> {
  query: z.output<Q>
  body: z.output<B>
}
/** What a handler answers: what `c.json` was given must be what the schema of the answer says; a body made before is taken as it is. */
type Said<A extends z.ZodType> = Response & { _data?: answers.Given<A> | string | Uint8Array | null }
type Handler<Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType, Extra = unknown> = (
  c: Context<AppEnv>,
  input: Input<Q, B> & Extra,
) => Said<A> | Promise<Said<A>>

const Paged = z.ZodObject
/** The register of every documented route; `openapi.ts` writes the document from `list`. */
export class Operations {
  readonly list: Registered[] = []
  readonly #app: Hono<AppEnv>
  readonly #ctx: AppContext

  constructor(app: Hono<AppEnv>, ctx: AppContext) {
    this.#app = app
    this.#ctx = ctx
  }

  /** A route for everybody. */
  open<Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    operation: Operation<Q, B, A>,
    handler: Handler<Q, B, A>,
  ): void {
    this.list.push({ ...operation, access: 'anyone' })
    this.#app.on(operation.method.toUpperCase(), operation.path, async (c) => {
      c.set('route', operation.path)
      return this.#told(operation, await handler(c, await readInput(c, operation)))
    })
    if (operation.table)
      this.#tables(operation, operation.table, (each, take) =>
        this.open(each, async (c, { query, body }) =>
          sendFile(
            c,
            await take(
              (asked) => handler(c, { query: { ...(query as object), ...asked } as z.output<Q>, body }),
              // For everybody the names are in the rows: one place's ids are not another's.
              async () => new Map(),
            ),
          ),
        ),
      )
  }

  /** A route for signed-in people; the handler gets `actor`. */
  staff<Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    operation: Operation<Q, B, A>,
    handler: Handler<Q, B, A, { actor: Person }>,
  ): void {
    this.list.push({ ...operation, access: 'person' })
    this.#app.on(operation.method.toUpperCase(), operation.path, async (c) => {
      c.set('route', operation.path)
      const actor = requirePerson(c, { evenWithFirstPassword: operation.evenWithFirstPassword ?? false })
      const seen = fileRoute.test(operation.path) ? () => this.#visible(c, actor, operation.path) : undefined
      if (seen && !operation.asksForItself) await seen()
      if (operation.roles) requireRole(actor, operation.roles)
      const input = await readInput(c, operation).catch(async (error: unknown) => {
        // What is wrong with the input is told to those only who may know that there is such a file.
        await seen?.()
        throw error
      })
      return this.#told(operation, await handler(c, { ...input, actor }))
    })
    if (operation.table)
      this.#tables(operation, operation.table, (each, take) =>
        this.staff(each, async (c, { query, body, actor }) =>
          sendFile(
            c,
            await take(
              (asked) => handler(c, { query: { ...(query as object), ...asked } as z.output<Q>, body, actor }),
              async () =>
                new Map((await listUnits(this.#ctx.office.db, actor.jurisdiction)).map(({ id, name }) => [id, name])),
            ),
          ),
        ),
      )
  }
  /** The two files of a list, each a route of its own. */
  #tables<Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    { table: _, answer: __, ...operation }: Operation<Q, B, A>,
    table: Table,
    register: (
      each: Operation<Q, B, z.ZodType>,
      take: (
        page: (asked: Record<string, string | number>) => Response | Promise<Response>,
        units: () => Promise<ReadonlyMap<string, string>>,
      ) => ReturnType<typeof tableFile>,
    ) => void,
  ): void {
    const paged = operation.query instanceof Paged ? operation.query.shape : {}
    // What pages is asked for page by page, in pages as large as it gives them.
    const limited = 'limit' in paged
    const continued = (['cursor', 'after'] as const).find((name) => name in paged)
    const paging = Object.fromEntries(
      [limited ? 'limit' : undefined, continued].flatMap((name) => (name ? [[name, true]] : [])),
    )
    const query =
      operation.query instanceof Paged && Object.keys(paging).length > 0
        ? (operation.query.omit(paging as never) as unknown as Q)
        : operation.query
    const path = table.at ?? operation.path
    for (const format of tableFormats)
      register(
        {
          ...operation,
          ...(query ? { query } : {}),
          path: `${path}.${format}`,
          summary: `${table.name}（${format === 'csv' ? 'CSV' : 'Excel 工作簿'}）：条件与 ${operation.path} 相同`,
          answer: { description: table.name, mediaType: tableMedia[format] },
        },
        (page, units) =>
          tableFile(
            table,
            format,
            async (cursor) =>
              (
                await page({
                  ...(limited ? { limit: 100 } : {}),
                  ...(cursor === undefined || !continued ? {} : { [continued]: cursor }),
                })
              ).json(),
            units,
          ),
      )
  }

  /** An answer on its way out; a witness (the tests have one) compares it with its schema first. */
  async #told(operation: Operation, response: Response): Promise<Response> {
    const { witness } = this.#ctx
    const { schema } = operation.answer
    if (witness && schema && response.ok && response.headers.get('content-type')?.includes('json'))
      witness(`${operation.method} ${operation.path}`, schema, await response.clone().json())
    return response
  }

  /** The read rule, in one place for every door below a file: whoever may not see it, and whoever made up its id, gets the same 404. */
  async #visible(c: Context<AppEnv>, actor: Person, path: string): Promise<void> {
    const { process } = await requireVisible(this.#ctx.office, actor, param(c, 'id'))
    // The addresses of documents are for documents.
    if (path.startsWith('/api/documents/') && process !== 'normative-document')
      throw new AppError('not_found', '没有找到这份案卷')
  }

  /** Methods that a path answers to, for `405` and `Allow`; empty when no route has this path. */
  methodsOf(path: string): string[] {
    const found = this.list.filter((operation) => patternOf(operation.path).test(path))
    return [...new Set(found.map((operation) => operation.method.toUpperCase()))]
  }
}

const fileRoute = /^\/api\/(documents|matters)\/:id(\/|$)/

const patterns = new Map<string, RegExp>()
function patternOf(path: string): RegExp {
  const known = patterns.get(path)
  if (known) return known
  const source = path
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/')
  const pattern = new RegExp(`^${source}$`)
  patterns.set(path, pattern)
  return pattern
}

async function readInput<Q extends z.ZodType, B extends z.ZodType>(
  c: Context<AppEnv>,
  operation: Operation<Q, B>,
): Promise<Input<Q, B>> {
  const query = operation.query
    ? validated(operation.query, c.req.query(), '查询条件有误，请按所列各项更正。')
    : undefined
  let body: unknown
  if (operation.body) {
    const raw = await readJson(c.req.raw)
    operation.precheck?.(raw)
    body = validated(operation.body, raw)
  }
  return { query: query as z.output<Q>, body: body as z.output<B> }
}

/** A path parameter, which the path guarantees. */
export function param(c: Context<AppEnv>, name: string): string {
  const value = c.req.param(name)
  if (value === undefined || value === '' || isUnwritable(value)) throw new AppError('not_found', '没有找到')
  return value
}

/** A path parameter that is a whole number from 1 on. */
export function numberParam(c: Context<AppEnv>, name: string): number {
  const value = param(c, name)
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new AppError('not_found', '没有找到')
  return Number(value)
}
