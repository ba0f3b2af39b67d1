// Forms that anybody may send: what looks like a program's doing is held for a person to look at, never dropped. No third
// party, no script: a signed token tells when the form was drawn, and one field is hidden from people.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Pace, takePace } from '@dianzhang/database'
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
/** So often one form may be sent while it counts: again after going back, or by two who opened it in the same millisecond. */
const ofForm: Pace = { burst: 3, seconds: slowest / 1000 }
/** So many are sent on one consultation by however many addresses before the rest is looked at first: 300, then 1,800 an hour. */
const ofConsultation: Pace = { burst: 300, seconds: 2 }
const shortened = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

/**
 * Why what was sent looks like a program's doing, in words for the person who looks at it; null: it does not. How often a form
 * was sent, and how much came in on one subject, is counted for all servers together.
 */
export async function suspicionOf(
  office: Office,
  given: { subject: string; token: string; trap: string; flooding: boolean },
  now: number = realNow(),
): Promise<string | null> {
  if (given.trap !== '') return '填写了人看不见的栏目'
  const [stamp = '', mac = ''] = given.token.split('.')
  if (!equal(mac, signed(office, 'form', `${given.subject}\n${stamp}`))) return '不是从本站的表单提交的'
  const age = now - Number.parseInt(stamp, 36)
  if (age < fastest) return '打开表单不到两秒就提交'
  if (age > slowest) return '表单打开超过一天才提交'
  if (given.flooding) return '同一来源短时间内提交过多'
  const taken = async (key: string, pace: Pace): Promise<boolean> =>
    (await takePace(office.db, `form|${shortened(key)}`, pace, Math.floor(now))).wait === 0
  // By its signature: whatever else is appended to a token is the same form.
  if (!(await taken(`form ${mac}`, ofForm))) return '同一张表单提交了许多次'
  // Last, so that what is held for another reason does not use up the others' share.
  if (!(await taken(`subject ${given.subject}`, ofConsultation))) return '这项征求意见短时间内收到的意见过多'
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
