// Someone else has saved the working draft: mine and theirs are shown place by place, and a person chooses for each. Taking one
// side whole is possible, and is never what the eye is led to.
import { type Hunk, hunksOf, inlineDiff, merged } from '@dianzhang/text'
import Button from 'antd/es/button'
import Modal from 'antd/es/modal'
import { useMemo, useState } from 'react'
import { toast } from '../parts/toasts.tsx'
import { momentOf } from '../words.ts'

export interface Theirs {
  body: string
  /** Who saved it, and when. */
  what: string
  at: string | null
}
type Choice = 'mine' | 'theirs'
interface Place {
  address: string
  hunk: Extract<Hunk, { kind: 'differs' }>
}
/** What a place is called by: the article, or the part, chapter or section whose heading it is. */
const article = /^第[零〇一二三四五六七八九十百千0-9]+(?:编|章|节|条(?:之[一二三四五六七八九十]+)?)/u
/** The differing stretches, each under the article it stands in. */
function placesOf(hunks: readonly Hunk[]): Place[] {
  let address = '标题'
  return hunks.flatMap((hunk): Place[] => {
    const read = (lines: readonly string[]) => {
      for (const line of lines) address = article.exec(line.trim())?.[0] ?? address
    }
    if (hunk.kind === 'same') {
      read(hunk.lines)
      return []
    }
    const before = address
    read(hunk.mine.length > 0 ? hunk.mine : hunk.theirs)
    const own = [...hunk.mine, ...hunk.theirs].flatMap((line) => article.exec(line.trim())?.[0] ?? [])
    return [{ address: own[0] ?? before, hunk }]
  })
}

export function Conflict({
  mine,
  theirs,
  onMine,
  onTheirs,
  onMerged,
}: {
  mine: string
  theirs: Theirs
  onMine: () => void
  onTheirs: () => void
  onMerged: (body: string) => void
}) {
  const [busy, setBusy] = useState(false)
  const hunks = useMemo(() => hunksOf(theirs.body.trimEnd(), mine.trimEnd()), [mine, theirs.body])
  const places = useMemo(() => placesOf(hunks), [hunks])
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map())
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(mine)
      toast('我的文本已复制。')
    } catch {
      // No clipboard on plain http: as a file instead.
      const url = URL.createObjectURL(new Blob([mine], { type: 'text/plain;charset=utf-8' }))
      const link = document.createElement('a')
      link.href = url
      link.download = '我的文本.txt'
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 1000)
    }
  }
  const open = places.length - choices.size
  return (
    <Modal
      open
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
      width={860}
      title="文本已被他人修改"
    >
      <div className="stack" data-testid="conflict">
        <p>
          {theirs.what}
          {theirs.at ? `（${momentOf(theirs.at)}）` : ''}
          。您的文字都在，没有覆盖。下面是您的与对方的不同之处，逐处选定：
          <ins>您的</ins> <del>对方的</del>
        </p>
        <div className="conflict-list">
          {places.length === 0 ? <p className="empty">文字没有不同，只是排版的差别。</p> : null}
          {places.map(({ address, hunk }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the places do not change while this is open
            <section key={i} data-place={address}>
              <h3>{address}</h3>
              <p className="pre">
                {inlineDiff(hunk.theirs.join('\n'), hunk.mine.join('\n')).map((part, at) => {
                  const key = `${at}${part.kind}`
                  return part.kind === 'added' ? (
                    <ins key={key}>{part.text}</ins>
                  ) : part.kind === 'removed' ? (
                    <del key={key}>{part.text}</del>
                  ) : (
                    <span key={key}>{part.text}</span>
                  )
                })}
              </p>
              <fieldset className="row bare" aria-label={`${address}用谁的`}>
                {(['mine', 'theirs'] as const).map((choice) => (
                  <label key={choice}>
                    <input
                      type="radio"
                      name={`place-${i}`}
                      checked={choices.get(i) === choice}
                      onChange={() => setChoices(new Map([...choices, [i, choice]]))}
                    />{' '}
                    {choice === 'mine' ? '用我的' : '用对方的这一处'}
                  </label>
                ))}
              </fieldset>
            </section>
          ))}
        </div>
        <div className="row-end">
          <Button onClick={() => void copy()}>复制我的文本</Button>
          <Button
            disabled={busy}
            onClick={() => {
              setBusy(true)
              onTheirs()
            }}
          >
            用对方的
          </Button>
          <Button
            danger
            disabled={busy}
            onClick={() => {
              setBusy(true)
              onMine()
            }}
          >
            用我的，覆盖对方的
          </Button>
          <Button
            type="primary"
            disabled={busy || open > 0}
            onClick={() => {
              setBusy(true)
              onMerged(
                merged(
                  hunks,
                  places.map((_, i) => choices.get(i) ?? 'mine'),
                ),
              )
            }}
          >
            {open > 0 ? `还有 ${open} 处没有选` : '照所选合并'}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
