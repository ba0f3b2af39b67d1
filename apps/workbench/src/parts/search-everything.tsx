// One search over everything the person may see, opened by Ctrl+K from anywhere; arrows choose, Enter opens. Without words
// it lists what was opened lately.
import type { answers } from '@dianzhang/contract'
import { keepPreviousData, useIsFetching, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { get, search } from '../api.ts'
import type { MatterRow } from '../matter/types.ts'
import { meQuery, placeOf } from '../queries.ts'
import type { Page, Told } from '../types.ts'
import { useSoon, useTyped } from './late.ts'
import { pagesCalled } from './navigation.tsx'
import { ErrorNote } from './states.tsx'

type Found = Told<typeof answers.SearchFound>
type Item = Found['groups'][number]['items'][number]

export function SearchEverything({ onClose }: { onClose: () => void }) {
  const box = useRef<HTMLDialogElement>(null)
  const { settled, box: input } = useTyped()
  const q = useSoon(settled, useIsFetching({ queryKey: ['search'] }) > 0)
  const [at, setAt] = useState(0)
  const navigate = useNavigate()
  useEffect(() => {
    box.current?.showModal()
  }, [])
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => get<Found>(`/api/search${search({ q })}`, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const { data: me } = useQuery(meQuery)
  const lately = useQuery({
    queryKey: ['desk', 'lately'],
    queryFn: ({ signal }) => get<Page<MatterRow>>(`/api/matters${search({ seen: true, limit: 8 })}`, signal),
    enabled: q === '',
  })
  const pages = useMemo(
    () =>
      q === ''
        ? []
        : pagesCalled(q, me?.roles ?? []).map(({ to, label, under }) => ({
            id: to,
            title: label,
            detail: under,
            to,
            public: false,
          })),
    [q, me],
  )
  const groups = useMemo(
    (): Found['groups'] =>
      q !== ''
        ? [{ kind: 'pages', label: '页面', more: false, items: pages }, ...(found.data?.groups ?? [])]
        : [
            {
              kind: 'lately',
              label: '最近打开',
              more: false,
              items: (lately.data?.items ?? []).map((row) => ({
                id: row.id,
                title: row.title,
                detail: `${row.processLabel} · ${row.stageLabel}`,
                to: `${placeOf(row.process).page.replace('/$id', '')}/${row.id}`,
                public: false,
              })),
            },
          ],
    [q, pages, found.data, lately.data],
  )
  const items = groups.flatMap((group) => group.items)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other results begin at the first
  useEffect(() => setAt(0), [q, items.length])
  // What stands there while the answer is under way was found for other words.
  const late = q !== settled || found.isPlaceholderData || (q !== '' && found.isPending)
  // The pages are known here; what is found elsewhere comes below them.
  const certain = q === settled && at < pages.length
  /** Enter was pressed before the answer came: the first found is opened then. */
  const [waiting, setWaiting] = useState(false)
  const open = (item: Item | undefined) => {
    setWaiting(false)
    if (!item) return
    onClose()
    if (item.public) window.open(item.to, '_blank', 'noreferrer')
    else void navigate({ href: item.to, to: item.to })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever types on has not chosen yet
  useEffect(() => setWaiting(false), [settled])
  const latest = useRef(() => {})
  latest.current = () => open(items[0])
  useEffect(() => {
    if (waiting && !late) latest.current()
  }, [waiting, late])
  return (
    <dialog
      ref={box}
      className="search-all"
      aria-label="检索一切"
      onClose={onClose}
      onClick={(event) => (event.target === box.current ? onClose() : undefined)}
      onKeyDown={(event) => {
        // Enter and the arrows choose among the words that the input method offers, until one is chosen.
        if (event.nativeEvent.isComposing) return
        if (event.key === 'ArrowDown') setAt((old) => Math.min(old + 1, items.length - 1))
        else if (event.key === 'ArrowUp') setAt((old) => Math.max(old - 1, 0))
        else if (event.key === 'Enter') late && !certain ? setWaiting(true) : open(items[at])
        else return
        event.preventDefault()
      }}
    >
      <input
        autoFocus
        type="search"
        {...input}
        placeholder="名称、文号、登记号、正文、人员、上位法"
        aria-label="检索"
        maxLength={100}
      />
      <div className="search-found" role="listbox" aria-label="结果" aria-busy={found.isFetching || q !== settled}>
        {found.isError && q !== '' ? <ErrorNote error={found.error} /> : null}
        {q !== '' && !late && found.isSuccess && items.length === 0 ? <p className="quiet">没有找到“{q}”。</p> : null}
        {groups
          .filter((group) => group.items.length > 0)
          .map((group) => (
            <section key={group.kind}>
              <h3>{group.label}</h3>
              {group.items.map((item) => {
                const n = items.indexOf(item)
                return (
                  <button
                    key={item.id}
                    type="button"
                    role="option"
                    aria-selected={n === at}
                    className={n === at ? 'chosen' : undefined}
                    onMouseEnter={() => setAt(n)}
                    onClick={() => open(item)}
                  >
                    <b>
                      <Hits text={item.title} q={q} />
                    </b>
                    <small>
                      <Hits text={item.detail} q={q} />
                    </small>
                    {item.snippet ? (
                      <small className="search-snippet">
                        <Hits text={item.snippet} q={q} />
                      </small>
                    ) : null}
                  </button>
                )
              })}
              {group.more ? <p className="quiet">还有，请多写几个字。</p> : null}
            </section>
          ))}
      </div>
    </dialog>
  )
}
/** The words asked for, marked where they stand. */
function Hits({ text, q }: { text: string; q: string }) {
  const words = q.split(/\s+/).filter(Boolean)
  if (words.length === 0) return text
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu')
  return (
    text
      .split(pattern)
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text in their order
      .map((part, i) => (i % 2 === 1 ? <mark key={i}>{part}</mark> : part))
  )
}
