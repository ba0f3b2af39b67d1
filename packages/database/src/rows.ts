// What drizzle's execute() returns depends on the driver; here it is always rows.

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
