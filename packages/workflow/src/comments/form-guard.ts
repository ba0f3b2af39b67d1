// Forms that anybody may send: what looks like a program's doing is held for a person to look at, never dropped. No third
// party, no script: a signed token tells when the form was drawn, and one field is hidden from people.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Office } from '../office.ts'

/** No person fills in a form faster than this (milliseconds). */
const fastest = 2_000
/** Nobody leaves it open so long and then sends it (milliseconds). */
const slowest = 24 * 3600_000

/** Milliseconds since 1970 in real time: moving the clock of a demonstration makes nobody a program. */
const realNow = (): number => performance.timeOrigin + performance.now()

// Without a secret of the service (tests): links and tokens live as long as the process.
const ofProcess = randomBytes(32)
const secretOf = (office: Office, label: string): Uint8Array =>
  office.outward?.secret(label) ?? createHmac('sha256', ofProcess).update(label).digest()
const signed = (office: Office, label: string, text: string): string =>
  createHmac('sha256', secretOf(office, label)).update(text).digest('base64url')
const equal = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

/** The token a form carries: when it was drawn, and for what. `at` in milliseconds; the real time, not a demo's. */
export function formToken(office: Office, subject: string, at: number = realNow()): string {
  const stamp = Math.floor(at).toString(36)
  return `${stamp}.${signed(office, 'form', `${subject}\n${stamp}`)}`
}
/** So often one form may be sent: again after going back, or by two who opened it in the same millisecond. */
const mostUses = 3
const mostKept = 100_000
/** How often each form of this office was sent, in the order of the first time. */
const sent = new WeakMap<object, Map<string, number>>()
function timesSent(office: Office, token: string): number {
  const own = sent.get(office.db) ?? new Map<string, number>()
  sent.set(office.db, own)
  const times = (own.get(token) ?? 0) + 1
  own.set(token, times)
  for (const oldest of own.keys()) {
    if (own.size <= mostKept) break
    own.delete(oldest)
  }
  return times
}
/** Why what was sent looks like a program's doing, in words for the person who looks at it; null: it does not. */
export function suspicionOf(
  office: Office,
  given: { subject: string; token: string; trap: string; flooding: boolean },
  now: number = realNow(),
): string | null {
  if (given.trap !== '') return '填写了人看不见的栏目'
  const [stamp = '', mac = ''] = given.token.split('.')
  if (!equal(mac, signed(office, 'form', `${given.subject}\n${stamp}`))) return '不是从本站的表单提交的'
  const age = now - Number.parseInt(stamp, 36)
  if (age < fastest) return '打开表单不到两秒就提交'
  if (age > slowest) return '表单打开超过一天才提交'
  if (given.flooding) return '同一来源短时间内提交过多'
  if (timesSent(office, given.token) > mostUses) return '同一张表单提交了许多次'
  return null
}

/** The part of an invitation's address that nobody guesses; it stands in no table. */
export const invitationCode = (office: Office, id: string): string =>
  `${id}.${signed(office, 'invitation', id).slice(0, 32)}`
/** The invitation a code is for; null where the code is not ours. */
export function invitationOf(office: Office, code: string): string | null {
  const at = code.lastIndexOf('.')
  const id = code.slice(0, Math.max(0, at))
  return id !== '' && equal(code, invitationCode(office, id)) ? id : null
}
