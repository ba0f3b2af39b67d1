// Snapshots just folded, by the head of their ledger: the same head means the same content, so reading back and
// checking can be spared. After a rollback the head never appears in the database; an entry left behind is harmless.
const recent = new Map<string, { head: string; snapshot: unknown }>()
const mostRecent = 200

export function remember(id: string, head: string, snapshot: unknown): void {
  recent.delete(id)
  recent.set(id, { head, snapshot })
  if (recent.size > mostRecent) recent.delete(recent.keys().next().value ?? '')
}
/** The snapshot under this head; the caller knows of which procedure the matter is. */
export function recall<T>(id: string, head: string): T | null {
  const found = recent.get(id)
  return found?.head === head ? (found.snapshot as T) : null
}
