// Which keys of the other side count on which day, and what a notice of a new key is worth. A notice is a signed note of its own, not
// a message in the record: whoever does not know it yet loses nothing by it, and it may arrive before or after anything else.
import {
  checkEd25519,
  formatVerifierKey,
  MalformedError,
  type Note,
  parseVerifierKey,
  utf8ToBytes,
} from '@dianzhang/tlog'
import type { RefusalCode } from './refusal.ts'

/** `<name>` signs with `key` from now on; what the key before signs counts up to the end of `lastDay` (YYYY-MM-DD, Shanghai). */
export interface KeyNotice {
  name: string
  key: string
  lastDay: string
}
/** The text under which both keys stand: the old one vouches, the new one shows that it is held. */
export const keyNoticeText = ({ name, key, lastDay }: KeyNotice): string =>
  `dianzhang/exchange/key/1\n${name}\n${key}\n${lastDay}\n`
/** The notice as it was written; null where it is none, or where its key is not an Ed25519 key of that name. */
export function readKeyNotice(text: string): KeyNotice | null {
  const [, name = '', key = '', lastDay = ''] = text.split('\n')
  if (keyNoticeText({ name, key, lastDay }) !== text || !/^\d{4}-\d{2}-\d{2}$/.test(lastDay)) return null
  try {
    const parsed = parseVerifierKey(key)
    return parsed.name === name && parsed.type === 1 && formatVerifierKey(parsed) === key
      ? { name, key, lastDay }
      : null
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}
/** Whether one of the (Ed25519) keys signed the note. */
export const signedBy = (note: Note, keys: readonly string[]): boolean =>
  keys.some((vkey) => {
    const key = parseVerifierKey(vkey)
    return note.signatures.some(
      (line) =>
        line.name === key.name &&
        line.keyId === key.keyId &&
        checkEd25519(key.key, utf8ToBytes(note.text), line.signature),
    )
  })

/** From when to when one key counts; `notice`: the note that announced it. */
export interface KeyTerm {
  /** Instant; null where it was entered before this was noted. */
  from: string | null
  /** Last day; null as long as no end is set. */
  lastDay: string | null
  notice?: string
}
export interface Keyring {
  keys: readonly string[]
  retired: readonly string[]
  terms: Readonly<Record<string, KeyTerm>>
}
/** The keys that count on `day`, and those that counted before: what these sign is told apart from what a stranger signs. */
export function keysOn({ keys, retired, terms }: Keyring, day: string): { holding: string[]; ended: string[] } {
  const past = (key: string) => (terms[key]?.lastDay ?? day) < day
  return { holding: keys.filter((key) => !past(key)), ended: [...keys.filter(past), ...retired] }
}
/**
 * The keys after `given` were put in place of those that count. Those left out count up to `lastDay`, or no longer where none is
 * set; an end once set is never put off. A key that had ended counts again only by being given here.
 */
export function replaceKeys(
  ring: Keyring,
  given: readonly string[],
  { day, at, lastDay = null, notice }: { day: string; at: string; lastDay?: string | null; notice?: string },
): { keys: string[]; retired: string[]; terms: Record<string, KeyTerm> } {
  const { holding, ended } = keysOn(ring, day)
  const left = holding.filter((key) => !given.includes(key))
  const ending = lastDay === null ? [] : left
  const keys = [...given, ...ending]
  const retired = [...new Set([...ended, ...left])].filter((key) => !keys.includes(key))
  const termOf = (key: string): KeyTerm => {
    const before = ring.terms[key] ?? { from: null, lastDay: null }
    if (ending.includes(key))
      return {
        ...before,
        lastDay: before.lastDay !== null && before.lastDay < (lastDay ?? '') ? before.lastDay : lastDay,
      }
    if (retired.includes(key)) return { ...before, lastDay: before.lastDay ?? day }
    return holding.includes(key) ? before : { from: at, lastDay: null, ...(notice === undefined ? {} : { notice }) }
  }
  return { keys, retired, terms: Object.fromEntries([...keys, ...retired].map((key) => [key, termOf(key)])) }
}
/**
 * What a notice is to us on `day`. Refused: not signed by its own new key or by one that counts (`bad_signature`), announced or
 * vouched for by a key that has ended (`old_key`: an old notice must not bring a key back), come after the last day (`late_key`).
 */
export function judgeKeyNotice(
  note: Note,
  notice: KeyNotice,
  ring: Keyring,
  day: string,
): 'new' | 'again' | Extract<RefusalCode, 'bad_signature' | 'old_key' | 'late_key'> {
  const { holding, ended } = keysOn(ring, day)
  if (!signedBy(note, [notice.key])) return 'bad_signature'
  if (ended.includes(notice.key)) return 'old_key'
  if (holding.includes(notice.key)) return 'again'
  if (!signedBy(note, holding)) return signedBy(note, ended) ? 'old_key' : 'bad_signature'
  return notice.lastDay < day ? 'late_key' : 'new'
}
