// Two windows that hold the draft while they are open: saving it as a version, and settling with what another saved.
import { useEffect, useRef, useState } from 'react'
import { get, sentence } from '../api.ts'
import { toast } from '../parts/toasts.tsx'
import type { Doc, WholeText } from '../types.ts'
import { Conflict } from './conflict.tsx'
import { SaveVersion } from './save-version.tsx'
import type { WorkingCopy } from './use-working-copy.ts'

/** Stops automatic saving while the save window is open, so that no working draft is stored after the new version. */
export function SaveGate({ hold, ...rest }: { hold: () => () => void } & Parameters<typeof SaveVersion>[0]) {
  const held = useRef(hold)
  useEffect(() => held.current(), [])
  return <SaveVersion {...rest} />
}

/** The other side saved a working draft, or has already saved it as a new version. */
export function ConflictGate({
  doc,
  theirs,
  mine,
  onMine,
  onTheirs,
  onMerged,
}: {
  doc: Doc
  theirs: WorkingCopy | null
  mine: string
  onMine: (theirs: WorkingCopy | null, n: number | null) => void
  onTheirs: (theirs: WorkingCopy | null, body: string, n: number | null) => void
  onMerged: (theirs: WorkingCopy | null, body: string, n: number | null) => void
}) {
  const [latest, setLatest] = useState<{ n: number; body: string } | null>(null)
  useEffect(() => {
    if (theirs) return
    let closed = false
    const read = async () => {
      const now = await get<Doc>(`/api/documents/${doc.id}`)
      const n = now.text?.n ?? 0
      const version = n > 0 ? await get<WholeText>(`/api/documents/${doc.id}/versions/${n}`) : { body: '' }
      if (!closed) setLatest({ n, body: version.body })
    }
    read().catch((error: unknown) => toast(sentence(error), 'warn'))
    return () => {
      closed = true
    }
  }, [theirs, doc.id])
  if (!theirs && !latest) return null
  const body = theirs?.body ?? latest?.body ?? ''
  const n = latest?.n ?? null
  return (
    <Conflict
      mine={mine}
      theirs={{
        body,
        what: theirs
          ? `${theirs.byName}在您打开之后另存了工作稿`
          : `工作稿已经保存为正式文本或者已被清除，现有${n ? `第${n}版` : '文本为空'}`,
        at: theirs?.at ?? null,
      }}
      onMine={() => onMine(theirs, n)}
      onTheirs={() => onTheirs(theirs, body, n)}
      onMerged={(text) => onMerged(theirs, text, n)}
    />
  )
}
