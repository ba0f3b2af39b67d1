// Where an opinion is in a given version: in place, moved, changed, not found; with links to the text and the
// comparison.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Doc } from '../../types.ts'
import { type AnchoredItem, anchorsQuery } from './shapes.ts'
import { anchorTone, anchorWords } from './words.ts'
import './text.css'

/** All anchors in version `n`; not fetched when there is no text. */
export function useAnchors(doc: Doc, n: number | undefined): AnchoredItem[] | undefined {
  const { data } = useQuery({ ...anchorsQuery(doc.id, n ?? 0), enabled: n !== undefined })
  return data
}
export function AnchorState({ doc, item, n }: { doc: Doc; item: AnchoredItem; n: number }) {
  return (
    <span className="anchor-state" data-state={item.state}>
      {item.madeOn === n ? (
        <span className="quiet">就在所针对的第{n}版</span>
      ) : (
        <>
          <span className="quiet">第{n}版：</span>
          <span className={`sev sev-${anchorTone[item.state]}`}>{anchorWords(item)}</span>
        </>
      )}{' '}
      {item.now ? (
        <Link
          className="no-print"
          to="/documents/$id"
          params={{ id: doc.id }}
          search={{ tab: 'texts', to: n, side: 'anchors' }}
          hash={item.now.address}
        >
          看这一处
        </Link>
      ) : null}{' '}
      {item.madeOn !== null && item.madeOn < n && item.state !== 'exact' ? (
        <Link
          className="no-print"
          to="/documents/$id"
          params={{ id: doc.id }}
          search={{ tab: 'texts', from: item.madeOn, to: n }}
          hash={item.now?.address ?? item.address ?? ''}
        >
          比较第{item.madeOn}版与第{n}版
        </Link>
      ) : null}
    </span>
  )
}
