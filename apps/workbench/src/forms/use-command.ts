// One filling-in: keeping, checking, submitting, the various answers. What was filled in is kept in every case until
// it is done.
import { applies, fieldMeta, fieldsOf, type Problem } from '@dianzhang/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { NetworkError, ProblemError, sentence } from '../api.ts'
import { toast } from '../parts/toasts.tsx'
import { issuesOf } from './check.ts'
import { type Path, pathKey, pruned, type Values, withValue } from './shape.ts'
import { uuid } from './uuid.ts'

export interface CommandFormOptions<T> {
  schema: z.ZodType
  /** The key for keeping it: same person, same file, same command. */
  storageKey: string
  initial: Values
  /** Makes the command to submit from what was filled in. */
  payload: (values: Values, commandId: string) => Values
  send: (payload: Values) => Promise<T>
  /**
   * The form stays busy until this is done. `here`: whether it is still on the page; else whoever handed it in has put it away
   * meanwhile and may be anywhere: nothing is closed then, and nobody is led anywhere.
   */
  onDone: (answer: T, here: () => boolean) => void | Promise<void>
  /**
   * These fields are submitted as they are, without removing empty strings in them (the quotation of a hint may be
   * empty).
   */
  verbatim?: readonly string[]
  /** The fields of which at least one must be filled in: filling in one clears the errors of all. */
  together?: readonly string[]
}
export interface CommandForm {
  values: Values
  set: (path: Path, value: unknown) => void
  errors: Record<string, string>
  problem: Problem | null
  /** No answer came. */
  offline: string | null
  busy: boolean
  restored: boolean
  /** Not touched yet, and nothing restored into it. */
  untouched: boolean
  reset: () => void
  submit: () => Promise<void>
  clearProblem: () => void
}
function stored(key: string): Values | null {
  try {
    const text = sessionStorage.getItem(key)
    return text ? (JSON.parse(text) as Values) : null
  } catch {
    return null
  }
}
function store(key: string, values: Values | null): void {
  try {
    if (values === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(values))
  } catch {
    // Too large for the browser's store (attachments): the page itself still holds everything.
  }
}
/** A command that was sent, under which id and at which version: sent again as it was, it is answered as the first time. */
interface Sent {
  commandId: string
  expectedVersion?: unknown
  /** All else of it. */
  rest: string
}
const sentKey = (key: string): string => `${key}:sent`
const restOf = ({ commandId: _, expectedVersion: __, ...rest }: Values): string => JSON.stringify(rest)

/** What has been sent and not been answered, by the form's key: the form may be put away and opened again meanwhile. */
interface UnderWay {
  work: Promise<unknown>
  /** The form that takes the answer: the one opened last. */
  owner: symbol | null
}
const underWay = new Map<string, UnderWay>()
/**
 * Fields whose condition no longer holds are not submitted: what was filled in before choosing otherwise is still in
 * the form, and is seen again on changing back.
 */
const withoutInapplicable = (schema: z.ZodType, command: Values): Values => {
  const fields = fieldsOf(schema)
  return Object.fromEntries(
    Object.entries(command).filter(([name]) => !fields[name] || applies(fieldMeta(fields[name]), command)),
  )
}
/** What can take the cursor; the file input of “由 Word 读入” stands before the text it fills, hidden. */
const writable = 'input:not([type="file"], [type="hidden"]), textarea, [contenteditable="true"]'
/** Brings the first thing to correct into view and puts the cursor in it; in a long form it may be far above. */
function showFirst(): void {
  setTimeout(() => {
    const field = document.querySelector('.command-form .field-bad')
    field?.scrollIntoView({ block: 'center' })
    field?.querySelector<HTMLElement>(writable)?.focus({ preventScroll: true })
  })
}
/** When the field of an error is not on the form, the error goes to the level above it. */
const asErrors = (issues: ReadonlyArray<{ path: string; message: string }>) =>
  Object.fromEntries(issues.map((issue) => [issue.path, issue.message]))

/** What was sent before without an answer was done, and what stands here now is not the same. */
const doneBefore = {
  title: '先前提交的那一次已经办成',
  detail: '照的是当时所填的；其后改过的没有办。请看过现在的样子，还要另办的再提交一次。',
}
function answered(key: string, way: UnderWay): void {
  store(sentKey(key), null)
  if (underWay.get(key) === way) underWay.delete(key)
}

export function useCommandForm<T>(options: CommandFormOptions<T>): CommandForm {
  const { storageKey, initial } = options
  const [kept] = useState(() => stored(storageKey))
  const [values, setValues] = useState<Values>(() => kept ?? initial)
  const [restored, setRestored] = useState(kept !== null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [offline, setOffline] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  // A double click or a second try after silence is the same command, also in a form that was put away and opened again.
  const [unanswered] = useState(() => stored(sentKey(storageKey)) as Sent | null)
  const sent = useRef(unanswered)
  const commandId = useRef(unanswered?.commandId ?? uuid())
  /** Whether the form is on the page. */
  const here = useRef(false)
  /** Handed in and answered: what is still set into it is nobody's draft. */
  const finishing = useRef(false)
  const touched = useRef(false)
  const latest = useRef(options)
  latest.current = options

  useEffect(() => {
    if (!touched.current) return
    const timer = setTimeout(() => {
      // By then it may have been handed in.
      if (touched.current) store(storageKey, values)
    }, 400)
    return () => clearTimeout(timer)
  }, [values, storageKey])

  // Closing the form keeps what was typed in the last moment too.
  const held = useRef(values)
  held.current = values
  useEffect(() => {
    const keep = () => {
      if (touched.current) store(storageKey, held.current)
    }
    // A page that is left or loaded anew takes nothing down.
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [storageKey])

  const set = useCallback((path: Path, value: unknown) => {
    if (!finishing.current) touched.current = true
    setValues((old) => withValue(old, path, value))
    setErrors((old) => {
      const key = pathKey(path)
      const { together = [] } = latest.current
      const others = together.includes(String(path[0])) ? together : []
      const left = Object.entries(old).filter(
        ([each]) =>
          each !== key && !each.startsWith(`${key}.`) && !key.startsWith(`${each}.`) && !others.includes(each),
      )
      return left.length === Object.keys(old).length ? old : Object.fromEntries(left)
    })
  }, [])
  /** Waits for the answer to what was sent from here, or from this form before it was put away. */
  const follow = useCallback(
    async (way: UnderWay, onDone: CommandFormOptions<T>['onDone'], other = false) => {
      const own = Symbol(storageKey)
      way.owner = own
      running.current = true
      setBusy(true)
      try {
        const answer = (await way.work) as T
        answered(storageKey, way)
        sent.current = null
        // The same form was opened again since, and has it.
        if (way.owner !== own) return
        store(storageKey, null)
        touched.current = false
        finishing.current = true
        await onDone(answer, () => here.current)
      } catch (error) {
        const problem = error instanceof ProblemError ? error.problem : null
        if (problem && problem.status < 500) {
          // The server has answered this id for good; what is corrected now is another command.
          answered(storageKey, way)
          sent.current = null
          commandId.current = uuid()
        } else if (underWay.get(storageKey) === way) underWay.delete(storageKey)
        if (!(error instanceof NetworkError || problem)) throw error
        if (way.owner !== own) return
        if (!here.current) toast(`刚才关上的一张没有办成：${sentence(error)}　填写的还在，打开可以再办。`, 'warn')
        if (problem === null) setOffline(sentence(error))
        else {
          setProblem(other && problem.code === 'conflict' && !problem.issues ? { ...problem, ...doneBefore } : problem)
          if (problem.issues) {
            setErrors(asErrors(problem.issues))
            if (here.current) showFirst()
          }
        }
      } finally {
        finishing.current = false
        running.current = false
        setBusy(false)
      }
    },
    [storageKey],
  )
  useEffect(() => {
    here.current = true
    const way = underWay.get(storageKey)
    // Sent before the form was put away, and still under way: its answer is this form's.
    if (way && !running.current) void follow(way, (answer, there) => latest.current.onDone(answer, there))
    return () => {
      here.current = false
    }
  }, [storageKey, follow])
  const submit = useCallback(async () => {
    if (running.current) return
    const { schema, payload, send, onDone, verbatim = [] } = latest.current
    const full = payload(values, commandId.current)
    const command = withoutInapplicable(schema, pruned(full) as Values)
    for (const name of verbatim) if (command[name] !== undefined) command[name] = full[name]
    const found = issuesOf(schema, command)
    setErrors(found)
    setProblem(null)
    setOffline(null)
    if (Object.keys(found).length > 0) return showFirst()
    const rest = restOf(command)
    const before = sent.current
    const note = (expectedVersion: unknown) => {
      sent.current = { commandId: commandId.current, expectedVersion, rest }
      // Where there is no room for this one, the one before must not stand for it.
      store(sentKey(storageKey), null)
      store(sentKey(storageKey), { ...sent.current })
    }
    const now = command.expectedVersion
    const then = before?.rest === rest ? (before.expectedVersion ?? now) : now
    note(then)
    // The same as what was sent without an answer is said as it was then, so that it is known again if it was done; if not, and the
    // file has moved, as one sees it now.
    const sending =
      then === now
        ? send(command)
        : send({ ...command, expectedVersion: then }).catch((error) => {
            if (!(error instanceof ProblemError && error.problem.code === 'stale_version')) throw error
            note(now)
            return send(command)
          })
    const way: UnderWay = { work: sending, owner: null }
    underWay.set(storageKey, way)
    await follow(way, onDone, before !== null && before.rest !== rest)
  }, [values, storageKey, follow])
  const reset = useCallback(() => {
    store(storageKey, null)
    touched.current = false
    setValues(latest.current.initial)
    setRestored(false)
    setErrors({})
    setProblem(null)
  }, [storageKey])
  return {
    values,
    set,
    errors,
    problem,
    offline,
    busy,
    restored,
    untouched: kept === null && !touched.current,
    reset,
    submit,
    clearProblem: () => setProblem(null),
  }
}
