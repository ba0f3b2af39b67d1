// drizzle 的 execute() 因驱动而异；这里一律给出行。

/** `execute()` answers the rows themselves, in and outside a transaction. */
export function rowsFrom<T extends object>(handle: T): T {
  return new Proxy(handle, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (property === 'execute') {
        return async (query: unknown) => {
          const answer: unknown = await (value as (q: unknown) => Promise<unknown>).call(target, query)
          return answer !== null && typeof answer === 'object' && 'rows' in answer ? answer.rows : answer
        }
      }
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
