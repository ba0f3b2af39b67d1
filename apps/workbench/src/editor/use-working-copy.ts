// The working draft: stored on the server as soon as edits pause; when the network is down, the session expires or
// someone else saves, no words are lost.
import type { answers } from '@dianzhang/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call, gate, NetworkError, ProblemError, sentence } from '../api.ts'
import type { WaiverValue } from '../forms/findings-panel.tsx'
import type { Told } from '../types.ts'

export type WorkingCopy = Told<typeof answers.WorkingCopy>
export type SaveState =
  | { kind: 'clean' }
  | { kind: 'dirty' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'offline'; message: string }
  | { kind: 'failed'; message: string }
  /** Someone else has saved; empty `theirs` means that it was saved as a new version or has been cleared. */
  | { kind: 'conflict'; theirs: WorkingCopy | null }

export interface Draft {
  body: string
  waivers: WaiverValue[]
}
export const workingCopyPath = (id: string): string => `/api/documents/${id}/working-copy`
/** Whoever signs in next in this window is not offered the words of the one before. */
const backupKey = (id: string): string => `dianzhang:text:${gate.person ?? ''}:${id}`

/** Drafts on their way to the server, by file: whoever comes back to the text waits until the last has arrived. */
const onTheWay = new Map<string, Promise<void>>()
/** After everything that is on its way has arrived, or could not. */
export async function arrived(id: string): Promise<void> {
  for (let work = onTheWay.get(id); work; work = onTheWay.get(id)) {
    await work
    // What waited for it is sent first.
    await new Promise((done) => setTimeout(done))
  }
}
/** Whether everything sent from here before the page was opened has arrived: what is fetched before that is older. */
export function useArrived(id: string): boolean {
  const [waits, setWaits] = useState(() => onTheWay.has(id))
  useEffect(() => {
    let gone = false
    void arrived(id).then(() => !gone && setWaits(false))
    return () => {
      gone = true
    }
  }, [id])
  return !waits
}

/** The copy kept on this machine: exists only while it has not reached the server. */
export function backupOf(id: string): (Draft & { revision: number }) | null {
  try {
    const kept = sessionStorage.getItem(backupKey(id))
    return kept ? (JSON.parse(kept) as Draft & { revision: number }) : null
  } catch {
    return null
  }
}
export function keepBackup(id: string, draft: (Draft & { revision: number }) | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(backupKey(id))
    else sessionStorage.setItem(backupKey(id), JSON.stringify(draft))
  } catch {
    // Too large for the browser's store: the page itself still holds everything.
  }
}

interface Content extends Draft {
  basedOn: number | null
}
/** The copy that was saved meanwhile; null when that is not why it was refused. */
const staleBy = (error: unknown): WorkingCopy | null =>
  error instanceof ProblemError && error.problem.code === 'stale_working_copy'
    ? ((error.problem.current ?? null) as WorkingCopy | null)
    : null
const isSame = (stored: WorkingCopy, { basedOn, body }: Content): boolean =>
  stored.basedOn === basedOn && stored.body === body

/** How long a pause before saving; when typing never stops, how long at most between saves. */
const pause = 1_200
const longest = 8_000
const retry = 5_000
/** Pinyin is being typed: how long until looking again whether it is finished. */
const composingPause = 300

export interface WorkingCopyHandle {
  state: SaveState
  /** There are edits. */
  touch: () => void
  /** Saves at once. */
  flush: () => Promise<void>
  /** Pauses automatic saving (while saving as a new version); returns how to resume. */
  hold: () => () => void
  /** After someone else has saved, mine prevails all the same. */
  overwrite: (theirs: WorkingCopy | null, basedOn: number | null) => Promise<void>
  /** Changed to someone else's: editing goes on from there. */
  adopt: (revision: number, basedOn: number | null) => void
  /** After the save under way is finished, the number saved last. */
  settled: () => Promise<number>
  /** Only when saving as a new version did it become known that someone else had saved. */
  conflict: (theirs: WorkingCopy | null) => void
}

export function useWorkingCopy(
  id: string,
  start: { revision: number; basedOn: number | null; at: string | null },
  draftOf: () => Draft,
  /** Pinyin is being typed: letters not finished are not stored on the server. */
  composing: () => boolean = () => false,
): WorkingCopyHandle {
  const [state, setState] = useState<SaveState>(start.at ? { kind: 'saved', at: start.at } : { kind: 'clean' })
  const known = useRef({ revision: start.revision, basedOn: start.basedOn })
  const dirty = useRef(false)
  /** What was sent and not answered, since the last answer. */
  const unanswered = useRef<Content[]>([])
  /** The page was left: what could not be sent is kept here, and nothing is sent from here any more. */
  const left = useRef(false)
  const saving = useRef<Promise<void> | null>(null)
  const held = useRef(0)
  const stuck = useRef(false)
  const timers = useRef<{ soon?: ReturnType<typeof setTimeout>; must?: ReturnType<typeof setTimeout> }>({})
  const latest = useRef(draftOf)
  latest.current = draftOf
  const isComposing = useRef(composing)
  isComposing.current = composing
  const composingSince = useRef(0)

  /** `leaving`: the page is going away, so what is half typed is saved too. */
  const save = useCallback(
    async (leaving = false): Promise<void> => {
      clearTimeout(timers.current.soon)
      clearTimeout(timers.current.must)
      timers.current = {}
      if (!leaving && dirty.current && isComposing.current()) {
        timers.current.soon = setTimeout(() => void save(), composingPause)
        composingSince.current++
        // A composition that is never ended is at least kept on this machine.
        if (composingSince.current === Math.round(longest / composingPause))
          keepBackup(id, { ...latest.current(), revision: known.current.revision })
        return
      }
      composingSince.current = 0
      if (saving.current) {
        await saving.current
        if (!dirty.current) return
      }
      if (!dirty.current || held.current > 0 || stuck.current) return
      dirty.current = false
      const draft = latest.current()
      setState({ kind: 'saving' })
      const work = (async () => {
        try {
          const { revision, basedOn } = known.current
          const content = { basedOn, body: draft.body, waivers: draft.waivers }
          const earlier = unanswered.current
          unanswered.current = [...earlier.slice(-4), content]
          const stored = await call<WorkingCopy>('PUT', workingCopyPath(id), content, {
            headers: { 'if-match': `"${revision}"` },
          }).catch((error) => {
            // What stands there is what was sent from here and not answered: it arrived, and nobody else saved anything.
            const theirs = staleBy(error)
            if (!theirs || theirs.by !== gate.person || !earlier.some((each) => isSame(theirs, each))) throw error
            return call<WorkingCopy>('PUT', workingCopyPath(id), content, {
              headers: { 'if-match': `"${theirs.revision}"` },
            })
          })
          unanswered.current = []
          known.current = { revision: stored.revision, basedOn: stored.basedOn }
          keepBackup(id, null)
          setState(dirty.current ? { kind: 'dirty' } : { kind: 'saved', at: stored.at })
        } catch (error) {
          dirty.current = true
          keepBackup(id, { ...draft, revision: known.current.revision })
          if (error instanceof NetworkError) {
            setState({ kind: 'offline', message: error.message })
            if (!left.current) timers.current.soon = setTimeout(() => void save(), retry)
          } else if (error instanceof ProblemError && error.problem.code === 'stale_working_copy') {
            stuck.current = true
            setState({ kind: 'conflict', theirs: (error.problem.current ?? null) as WorkingCopy | null })
          } else setState({ kind: 'failed', message: sentence(error) })
        }
      })()
      saving.current = work
      onTheWay.set(id, work)
      await work
      if (onTheWay.get(id) === work) onTheWay.delete(id)
      saving.current = null
      if (dirty.current && !stuck.current && held.current === 0 && !left.current)
        timers.current.soon ??= setTimeout(() => void save(), pause)
    },
    [id],
  )

  const touch = useCallback(() => {
    dirty.current = true
    setState((old) =>
      old.kind === 'conflict' || old.kind === 'dirty' || old.kind === 'offline' ? old : { kind: 'dirty' },
    )
    clearTimeout(timers.current.soon)
    timers.current.soon = setTimeout(() => void save(), pause)
    timers.current.must ??= setTimeout(() => void save(), longest)
  }, [save])

  useEffect(() => {
    left.current = false
    const online = (): void => void save()
    const leaving = (event: BeforeUnloadEvent): void => {
      if (!dirty.current && !saving.current) return
      const draft = latest.current()
      keepBackup(id, { ...draft, revision: known.current.revision })
      event.preventDefault()
    }
    const hiding = (): void => {
      if (document.hidden && dirty.current) void save(true)
    }
    window.addEventListener('online', online)
    window.addEventListener('beforeunload', leaving)
    document.addEventListener('visibilitychange', hiding)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('beforeunload', leaving)
      document.removeEventListener('visibilitychange', hiding)
      clearTimeout(timers.current.soon)
      clearTimeout(timers.current.must)
      left.current = true
      if (dirty.current && held.current === 0) {
        // Leaving for another page of the workbench: stored behind it.
        const draft = latest.current()
        keepBackup(id, { ...draft, revision: known.current.revision })
        void save(true)
      }
    }
  }, [id, save])

  return {
    state,
    touch,
    flush: () => save(),
    hold: () => {
      held.current++
      return () => {
        held.current--
        if (dirty.current) touch()
      }
    },
    overwrite: async (theirs, basedOn) => {
      known.current = { revision: theirs?.revision ?? 0, basedOn: theirs ? known.current.basedOn : basedOn }
      stuck.current = false
      dirty.current = true
      await save()
    },
    adopt: (revision, basedOn) => {
      known.current = { revision, basedOn }
      stuck.current = false
      dirty.current = false
      keepBackup(id, null)
      clearTimeout(timers.current.soon)
      clearTimeout(timers.current.must)
      setState({ kind: 'clean' })
    },
    settled: async () => {
      await saving.current
      return known.current.revision
    },
    conflict: (theirs) => {
      stuck.current = true
      dirty.current = true
      setState({ kind: 'conflict', theirs })
    },
  }
}
