// The walk past the real places of the workbench: each in turn is outlined where it stands, with a few words beside it. What a
// person does not have (no task yet, no post that proposes) is left out.
import Button from 'antd/es/button'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'

interface Stop {
  /** Where it is; the first of these on the page. */
  at: string
  title: string
  words: string
}
const stops: readonly Stop[] = [
  {
    at: '.desk-head .segments',
    title: '先看哪一摞',
    words: '“待我办”是等您办的，“我在等”是您等别人办的，“稍后”是您推到以后的；别的人看不到您怎样分。',
  },
  {
    at: '.grid-row .cell-turn a',
    title: '要办什么',
    words: '写着动词与件数，点它直接到要填的那一页；办完，这一行就没有了。',
  },
  {
    at: '.grid-row .cell-due',
    title: '到哪一天',
    words: '期限由规则包算好，逾期的排在最前；点开案卷的“期限”一页，逐日写着怎样算。',
  },
  {
    at: '.load',
    title: '各阶段有多少',
    words: '点一个阶段只看那一阶段，再点一次看全部；红的是逾期的。',
  },
  {
    at: '.preview',
    title: '选中的一件',
    words: '现在可以办什么、还差什么、由谁办；暂时办不了的，按“稍后提醒”推到哪一天。',
  },
  {
    at: '.desk-head .button-link',
    title: '申请立项',
    words: '从范本、Word 或者空白开始；右边写着这样申请要过哪些环节、最早哪一天公布。',
  },
  {
    at: '.search-open',
    title: '找什么都在这里',
    words: '标题、文号、登记号、正文、人员、上位法；键盘按 Ctrl K。',
  },
  {
    at: '.top .bell',
    title: '消息',
    words: '轮到您、您等的有了结果、期限将到，都写在这里；也可以每日寄到邮箱，见消息页下方。',
  },
  {
    at: '.nav a[href$="/help"]',
    title: '帮助',
    words: '依您的任职写着怎样办；这趟指引也可以从那里再看一遍。',
  },
]
const margin = 12

/** Calls `onEnd` after the last stop, or when it is left before. */
export function Tour({ onEnd }: { onEnd: () => void }) {
  // What is on the page when it begins; rows still to come are waited for a moment.
  const [here, setHere] = useState<readonly Stop[] | null>(null)
  useEffect(() => {
    const begun = performance.now()
    const look = () => {
      const waits = document.querySelector('.desk-list [aria-busy="true"], .desk-list .skeleton') !== null
      if (waits && performance.now() - begun < 3_000) return void setTimeout(look, 100)
      setHere(
        stops.filter(({ at }) => {
          const place = document.querySelector(at)
          return place !== null && place.getClientRects().length > 0
        }),
      )
    }
    look()
  }, [])
  const [n, setN] = useState(0)
  const stop = here?.[n]
  const card = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number }>({ left: margin, top: margin })
  useLayoutEffect(() => {
    const target = stop ? document.querySelector<HTMLElement>(stop.at) : null
    const own = card.current
    if (!target || !own) return
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    target.classList.add('tour-at')
    const settle = () => {
      const at = target.getBoundingClientRect()
      const { width, height } = own.getBoundingClientRect()
      const below = at.bottom + margin
      const above = at.top - height - margin
      const fits = below + height <= window.innerHeight - margin
      setPlace({
        left: Math.max(margin, Math.min(at.left, window.innerWidth - width - margin)),
        top: Math.max(margin, fits ? below : above > margin ? above : window.innerHeight - height - margin),
      })
    }
    settle()
    own.focus()
    window.addEventListener('resize', settle)
    return () => {
      target.classList.remove('tour-at')
      window.removeEventListener('resize', settle)
    }
  }, [stop])
  // With nothing to show there is nothing to end by hand.
  useEffect(() => {
    if (here !== null && here.length === 0) onEnd()
  }, [here, onEnd])
  if (!here || !stop) return null
  const last = n === here.length - 1
  return (
    <div
      ref={card}
      className="tour card no-print"
      role="dialog"
      aria-label={`入门指引，第${n + 1}处，共${here.length}处：${stop.title}`}
      tabIndex={-1}
      style={place}
      data-testid="tour"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onEnd()
        else if (event.key === 'ArrowRight' && !last) setN(n + 1)
        else if (event.key === 'ArrowLeft' && n > 0) setN(n - 1)
      }}
    >
      <h2>{stop.title}</h2>
      <p>{stop.words}</p>
      <p className="tour-foot">
        <span className="quiet">
          {n + 1} / {here.length}
        </span>
        <span className="row">
          {last ? null : (
            <Button size="small" onClick={onEnd}>
              不看了
            </Button>
          )}
          {n > 0 ? (
            <Button size="small" onClick={() => setN(n - 1)}>
              上一处
            </Button>
          ) : null}
          <Button size="small" type="primary" onClick={() => (last ? onEnd() : setN(n + 1))}>
            {last ? '看完了' : '下一处'}
          </Button>
        </span>
      </p>
    </div>
  )
}
