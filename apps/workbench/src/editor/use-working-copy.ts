// 工作稿：改动停下来即存到服务器；断网、会话失效、他人另存，文字都不丢。
import type { answers } from '@dianzhang/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call, NetworkError, ProblemError, sentence } from '../api.ts'
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
  /** 他人另存了；`theirs` 为空表示已保存为新的一版或者已被清除。 */
  | { kind: 'conflict'; theirs: WorkingCopy | null }

export interface Draft {
  body: string
  waivers: WaiverValue[]
}
export const workingCopyPath = (id: string): string => `/api/documents/${id}/working-copy`
const backupKey = (id: string): string => `dianzhang:text:${id}`

/** 本机的暂存：只在没有存上服务器时有。 */
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

/** 停多久就存；一直在打字的，最多隔多久存一次。 */
const pause = 1_200
const longest = 8_000
const retry = 5_000
/** 正在打拼音：隔多久再看打完没有。 */
const composingPause = 300

export interface WorkingCopyHandle {
  state: SaveState
  /** 有改动。 */
  touch: () => void
  /** 立即存。 */
  flush: () => Promise<void>
  /** 暂停自动保存（正在保存为新的一版）；返回恢复的办法。 */
  hold: () => () => void
  /** 他人另存之后，仍以我的为准。 */
  overwrite: (theirs: WorkingCopy | null, basedOn: number | null) => Promise<void>
  /** 换成了别人的：从那里接着改。 */
  adopt: (revision: number, basedOn: number | null) => void
  /** 正在存的存完之后，最近存上的号。 */
  settled: () => Promise<number>
  /** 保存为新版时才知道他人另存了。 */
  conflict: (theirs: WorkingCopy | null) => void
}

export function useWorkingCopy(
  id: string,
  start: { revision: number; basedOn: number | null; at: string | null },
  draftOf: () => Draft,
  /** 正在打拼音：没有打完的字母不存到服务器。 */
  composing: () => boolean = () => false,
): WorkingCopyHandle {
  const [state, setState] = useState<SaveState>(start.at ? { kind: 'saved', at: start.at } : { kind: 'clean' })
  const known = useRef({ revision: start.revision, basedOn: start.basedOn })
  const dirty = useRef(false)
  const saving = useRef<Promise<void> | null>(null)
  const held = useRef(0)
  const stuck = useRef(false)
  const timers = useRef<{ soon?: ReturnType<typeof setTimeout>; must?: ReturnType<typeof setTimeout> }>({})
  const latest = useRef(draftOf)
  latest.current = draftOf
  const isComposing = useRef(composing)
  isComposing.current = composing
  const composingSince = useRef(0)

  /** `leaving`：页面要走了，打了一半的也存。 */
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
          const stored = await call<WorkingCopy>(
            'PUT',
            workingCopyPath(id),
            { basedOn, body: draft.body, waivers: draft.waivers },
            { headers: { 'if-match': `"${revision}"` } },
          )
          known.current = { revision: stored.revision, basedOn: stored.basedOn }
          keepBackup(id, null)
          setState(dirty.current ? { kind: 'dirty' } : { kind: 'saved', at: stored.at })
        } catch (error) {
          dirty.current = true
          keepBackup(id, { ...draft, revision: known.current.revision })
          if (error instanceof NetworkError) {
            setState({ kind: 'offline', message: error.message })
            timers.current.soon = setTimeout(() => void save(), retry)
          } else if (error instanceof ProblemError && error.problem.code === 'stale_working_copy') {
            stuck.current = true
            setState({ kind: 'conflict', theirs: (error.problem.current ?? null) as WorkingCopy | null })
          } else setState({ kind: 'failed', message: sentence(error) })
        }
      })()
      saving.current = work
      await work
      saving.current = null
      if (dirty.current && !stuck.current && held.current === 0)
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
