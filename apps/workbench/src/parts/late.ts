// Input that counts only when typing stops, or when the answer before has come: the server is not asked at every character.
import { type ChangeEvent, type CompositionEvent, useEffect, useState } from 'react'

/**
 * The value of `value` after it has stayed unchanged for `wait` milliseconds; also waits while an input method is
 * composing.
 */
export function useLate<T>(value: T, wait = 250): T {
  const [late, setLate] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return late
}
/**
 * The value of `value`, at once where nothing is under way (`busy`); else when that is done, or after `wait` milliseconds
 * without a change. Who types slowly waits for no timer, who types fast asks one question after the other.
 */
export function useSoon<T>(value: T, busy: boolean, wait = 250): T {
  const [soon, setSoon] = useState(value)
  useEffect(() => {
    if (!busy) return setSoon(value)
    const timer = setTimeout(() => setSoon(value), wait)
    return () => clearTimeout(timer)
  }, [value, busy, wait])
  return soon
}
/** What stands in a search box, and what of it counts: not the letters from which an input method is still making characters. */
export function useTyped(initial = '') {
  const [typed, setTyped] = useState(initial)
  const [settled, setSettled] = useState(initial)
  const write = (text: string) => {
    setTyped(text)
    setSettled(text)
  }
  return {
    /** Without the spaces around it. */
    settled: settled.trim(),
    /** Writes into the box. */
    write,
    /** Of the input itself. */
    box: {
      value: typed,
      onChange: ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>) =>
        (nativeEvent as InputEvent).isComposing ? setTyped(target.value) : write(target.value),
      onCompositionEnd: ({ currentTarget }: CompositionEvent<HTMLInputElement>) => write(currentTarget.value),
    },
  }
}
