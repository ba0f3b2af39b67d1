// Input that counts only when typing stops: the server is not asked at every character.
import { useEffect, useState } from 'react'

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
