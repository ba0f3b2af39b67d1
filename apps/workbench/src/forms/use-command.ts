// One filling-in: keeping, checking, submitting, the various answers. What was filled in is kept in every case until
// it is done.
import { applies, fieldMeta, fieldsOf, type Problem } from '@dianzhang/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { NetworkError, ProblemError } from '../api.ts'
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
  /** The form stays busy until this is done. */
  onDone: (answer: T) => void | Promise<void>
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
  // One id per opening: a double click or a second try after silence is the same command.
  const commandId = useRef(uuid())
  const touched = useRef(false)
  const latest = useRef(options)
  latest.current = options

  useEffect(() => {
    if (!touched.current) return
    const timer = setTimeout(() => store(storageKey, values), 400)
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
    touched.current = true
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
    running.current = true
    setBusy(true)
    try {
      const answer = await send(command)
      store(storageKey, null)
      touched.current = false
      await onDone(answer)
    } catch (error) {
      if (error instanceof NetworkError) setOffline(error.message)
      else if (error instanceof ProblemError) {
        setProblem(error.problem)
        if (error.problem.issues) {
          setErrors(asErrors(error.problem.issues))
          showFirst()
        }
        // The server has answered this id for good; what is corrected now is another command.
        if (error.problem.status < 500) commandId.current = uuid()
      } else throw error
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [values, storageKey])
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
