// What was published just now: its public address is shown on the file until it is put away.
import { useSyncExternalStore } from 'react'

export interface Published {
  id: string
  address: string
}
let shown: Published | null = null
const watchers = new Set<() => void>()
const tell = () => {
  for (const watcher of watchers) watcher()
}
/** Shows the public address of this document, with its code, until it is put away. */
export function showPublished(id: string, address: string): void {
  shown = { id, address }
  tell()
}
export function putAwayPublished(): void {
  shown = null
  tell()
}
/** What was published last in this window; null when it was put away. */
export const usePublished = (): Published | null =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => shown,
  )
