// 停下来才算数的输入：打字时不逐字去问服务器。
import { useEffect, useState } from 'react'

/** `value` 停住不变 `wait` 毫秒以后的值；输入法组字期间同样在等。 */
export function useLate<T>(value: T, wait = 250): T {
  const [late, setLate] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return late
}
