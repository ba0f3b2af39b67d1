// Commands of a cleanup sent straight from its tab: busy or not, what the server answered; without an answer it is
// tried again under the same command id.
import type { Problem } from '@dianzhang/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { get, NetworkError, ProblemError, post, search } from '../api.ts'
import { uuid } from '../forms/uuid.ts'
import { toast } from '../parts/toasts.tsx'
import { matters, refreshDoc, rememberOwn } from '../queries.ts'
import type { CommandAnswer } from '../types.ts'
import type { Item, Items } from './cleanup-draft.ts'

export interface Sending {
  busy: boolean
  problem: Problem | null
  offline: string | null
  /** Returns the answer where it was done; null where it was not, with the reason in `problem` or `offline`. */
  send: (type: string, payload: Record<string, unknown>, version: number) => Promise<CommandAnswer | Problem | null>
  clear: () => void
}
export const isDone = (answer: CommandAnswer | Problem | null): answer is CommandAnswer =>
  answer !== null && 'events' in answer

export function useSending(id: string): Sending {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [offline, setOffline] = useState<string | null>(null)
  const running = useRef(false)
  // The same content after silence is the same command; anything else is another.
  const last = useRef({ content: '', commandId: '' })
  return {
    busy,
    problem,
    offline,
    clear: () => {
      setProblem(null)
      setOffline(null)
    },
    send: async (type, payload, version) => {
      if (running.current) return null
      running.current = true
      setBusy(true)
      setProblem(null)
      setOffline(null)
      const content = JSON.stringify([type, payload, version])
      if (last.current.content !== content) last.current = { content, commandId: uuid() }
      try {
        const answer = await post<CommandAnswer>(`/api/matters/${id}/commands`, {
          ...payload,
          type,
          commandId: last.current.commandId,
          expectedVersion: version,
        })
        last.current = { content: '', commandId: '' }
        for (const warning of answer.warnings ?? []) toast(`提示：${warning.reason}`, 'warn')
        rememberOwn(client, id, version, answer)
        await refreshDoc(client, id, matters)
        return answer
      } catch (error) {
        if (error instanceof NetworkError) setOffline(error.message)
        else if (error instanceof ProblemError) {
          setProblem(error.problem)
          if (error.problem.status < 500) last.current = { content: '', commandId: '' }
          return error.problem
        } else throw error
        return null
      } finally {
        running.current = false
        setBusy(false)
      }
    },
  }
}
/** All items of the census, page by page to the end; used for comparing when saving. */
export async function everyItem(id: string): Promise<Map<number, Item>> {
  const found = new Map<number, Item>()
  let cursor: string | null = null
  do {
    const page: Items = await get<Items>(`/api/matters/${id}/items${search({ limit: 1000, cursor })}`)
    for (const x of page.items) found.set(x.n, x)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}
