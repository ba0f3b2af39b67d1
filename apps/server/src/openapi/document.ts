// API description (OpenAPI 3.1): generated from the registered routes and the contract's schemas, not written a second
// time.
import {
  answers,
  commandLabels,
  commandSchemas,
  commandTypes,
  type ProblemCode,
  problemCodes,
  roleLabels,
} from '@dianzhang/contract'
import { z } from 'zod'
import type { Operations, Registered } from '../http/operations.ts'

const { Problem } = answers

type Json = Record<string, unknown>

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

/** Writes the document of the registered operations, those that `shown` picks. */
export function openApiDocument(
  ops: Operations,
  version: string,
  shown: (operation: Registered) => boolean = () => true,
): Json {
  const paths: Record<string, Json> = {}
  for (const operation of ops.list.filter(shown)) {
    const path = operation.path.replace(/:([A-Za-z0-9]+)(?:\{[^}]*\})?/g, '{$1}')
    paths[path] ??= {}
    paths[path][operation.method] = describe(operation)
  }
  return withoutOwnDefinitions({
    openapi: '3.1.0',
    info: {
      title: '典章 接口',
      version,
      description:
        '行政规范性文件的制定、公布、备案与清理。一切写入经 POST /api/documents/{id}/commands；错误按 RFC 9457 答复。',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'dianzhang.session' } },
      schemas: {
        Problem: jsonSchema(Problem, 'output'),
        ...Object.fromEntries(
          commandTypes.map((type) => [
            type,
            { title: commandLabels[type], ...jsonSchema(commandSchemas[type], 'input') },
          ]),
        ),
        Command: {
          oneOf: commandTypes.map((type) => ({ $ref: `#/components/schemas/${type}` })),
          discriminator: {
            propertyName: 'type',
            mapping: Object.fromEntries(commandTypes.map((type) => [type, `#/components/schemas/${type}`])),
          },
        },
      },
    },
  })
}

/**
 * A schema's own `$defs` (recursive shapes) become shared schemas: a reference `#/$defs/…` is read from the root of the
 * document, where those of one schema do not stand.
 */
function withoutOwnDefinitions(document: Json & { components: Json & { schemas: Json } }): Json {
  const shared: Json = {}
  let made = 0
  const visit = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
    if (Array.isArray(value)) return value.map((each) => visit(each, names))
    if (typeof value !== 'object' || value === null) return value
    const { $defs, ...rest } = value as Json
    let known = names
    if (typeof $defs === 'object' && $defs !== null) {
      const own = new Map(names)
      for (const name of Object.keys($defs)) own.set(`#/$defs/${name}`, `Shape${++made}`)
      known = own
      for (const [name, schema] of Object.entries($defs))
        shared[own.get(`#/$defs/${name}`) as string] = visit(schema, own)
    }
    return Object.fromEntries(
      Object.entries(rest).map(([key, inner]) => {
        const name = key === '$ref' && typeof inner === 'string' ? known.get(inner) : undefined
        return [key, name === undefined ? visit(inner, known) : `#/components/schemas/${name}`]
      }),
    )
  }
  const { components, ...rest } = visit(document, new Map()) as typeof document
  return { ...rest, components: { ...components, schemas: { ...components.schemas, ...shared } } }
}

function describe(operation: Registered): Json {
  const { answer } = operation
  // A media type's parameters (charset) are no part of its name.
  const mediaTypes = [answer.mediaType ?? 'application/json'].flat().map((type) => type.replace(/;.*/, ''))
  const roles = operation.roles?.map((role) => roleLabels[role]).join('、')
  const problems = new Set<ProblemCode>(operation.problems ?? [])
  if (operation.access === 'person') problems.add('unauthenticated').add('forbidden').add('password_change_required')
  if (operation.query || operation.body) problems.add('invalid')
  if (operation.body) problems.add('malformed')
  if (operation.body || operation.upload) problems.add('invalid').add('unsupported_media_type').add('too_large')
  if (operation.method !== 'get') problems.add('cross_site')
  if (operation.path.includes(':')) problems.add('not_found')
  const parameters = [
    ...[...operation.path.matchAll(/:([A-Za-z0-9]+)/g)].map((match) => ({
      name: match[1],
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...queryParameters(operation.query),
    ...(operation.headers ?? []).map((header) => ({ ...header, in: 'header', schema: { type: 'string' } })),
  ]
  return {
    operationId: `${operation.method}${operation.path.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')}`,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description || roles
      ? { description: [operation.description, roles ? `限：${roles}。` : undefined].filter(Boolean).join('\n\n') }
      : {}),
    ...(operation.access === 'person' ? { security: [{ session: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: bodySchema(operation) } } } }
      : {}),
    ...(operation.upload
      ? {
          requestBody: {
            required: true,
            description: operation.upload.description,
            content: { [operation.upload.mediaType]: { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : {}),
    responses: {
      [String(answer.status ?? 200)]: {
        description: answer.description,
        content: Object.fromEntries(
          mediaTypes.map((type) => [type, { schema: answer.schema ? jsonSchema(answer.schema, 'output') : {} }]),
        ),
      },
      ...problemResponses([...problems]),
    },
  }
}

function bodySchema(operation: Registered): Json {
  if (operation.path === '/api/documents/:id/commands') return { $ref: '#/components/schemas/Command' }
  return operation.body ? jsonSchema(operation.body, 'input') : {}
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return []
  const schema = jsonSchema(query, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property
    return {
      name,
      in: 'query',
      required: schema.required?.includes(name) ?? false,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    }
  })
}

/** Codes that share a status are named in one response. */
function problemResponses(codes: ProblemCode[]): Record<string, Json> {
  const byStatus = Map.groupBy(codes, (code) => problemCodes[code][0])
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      String(status),
      {
        description: group.map((code) => `${code}：${problemCodes[code][1]}`).join('；'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}
