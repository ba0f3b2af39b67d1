// Errors written to the log: clear about what and where, without data. The database driver's messages include the
// parameters of statements, among which may be a commenter's contact details or a session id.
import { pino } from 'pino'

const field = (error: object, name: string): string | undefined => {
  const value = (error as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : undefined
}
/** The lines of a stack that say where, without the message above them. */
const placesOf = (stack: string | undefined): string =>
  (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')

/**
 * What the log keeps of an error. Of a failed statement: SQLSTATE, table and constraint, and the driver's sentence only
 * where it cannot repeat a value; never the statement's parameters. Anything else as pino writes it.
 */
export function safeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' && error !== null ? { type: 'object' } : error
  const wrapped = field(error, 'query') !== undefined && 'params' in error
  const cause = wrapped && error.cause instanceof Error ? error.cause : error
  const severity = field(cause, 'severity')
  if (!wrapped && severity === undefined) return pino.stdSerializers.err(error)
  const code = field(cause, 'code')
  // Classes 22 and 23 (bad data, broken constraint) repeat what was sent.
  const repeats = severity !== undefined && /^2[23]/.test(code ?? '22')
  return {
    type: cause.name,
    message: repeats ? '语句被数据库拒绝' : cause === error && wrapped ? '语句没有执行' : cause.message,
    code,
    table: field(cause, 'table'),
    constraint: field(cause, 'constraint'),
    routine: field(cause, 'routine'),
    stack: `${placesOf(error.stack)}\n${placesOf(cause.stack)}`.trim(),
  }
}

/** A path as the log keeps it: who knows a receipt number can read the comment and its answer. */
export const loggedPath = (path: string): string => path.replace(/(\/receipts\/)[^/]+/, '$1…')
