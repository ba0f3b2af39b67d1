// Someone else has saved the working draft: mine and theirs are compared article by article, and a person decides.
import { adoptIds, compareStructures, parseText } from '@dianzhang/text'
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
export function Conflict({
  mine,
  theirs,
  onMine,
  onTheirs,
}: {
  mine: string
  theirs: Theirs
  onMine: () => void
  onTheirs: () => void
}) {
  const [busy, setBusy] = useState(false)
  const changes = useMemo(() => {
    const before = parseText(theirs.body)
    return compareStructures(before, adoptIds(before, parseText(mine))).changes.filter(
      (change) => change.kind !== 'unchanged',
    )
  }, [mine, theirs.body])
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
          {theirs.at ? `（${momentOf(theirs.at)}）` : ''}。您的文字都在，没有覆盖。下面是您的与对方的不同之处：
          <ins>您的</ins> <del>对方的</del>
        </p>
        <div className="conflict-list">
          {changes.length === 0 ? <p className="empty">文字没有不同，只是排版的差别。</p> : null}
          {changes.map((change) => {
            const state = change.after[0] ?? change.before[0]
            return (
              <section key={`${change.kind}${change.before[0]?.id ?? ''}${change.after[0]?.id ?? ''}`}>
                <h3>{state?.address || '正文'}</h3>
                <p className="pre">
                  {(change.diff ?? []).map((part, at) => {
                    const key = `${at}${part.kind}`
                    return part.kind === 'added' ? (
                      <ins key={key}>{part.text}</ins>
                    ) : part.kind === 'removed' ? (
                      <del key={key}>{part.text}</del>
                    ) : (
                      <span key={key}>{part.text}</span>
                    )
                  })}
                  {change.diff === null ? <span className="quiet">位置、编号有变，文字未变</span> : null}
                </p>
              </section>
            )
          })}
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
            type="primary"
            disabled={busy}
            onClick={() => {
              setBusy(true)
              onMine()
            }}
          >
            用我的，覆盖对方的
          </Button>
        </div>
      </div>
    </Modal>
  )
}
