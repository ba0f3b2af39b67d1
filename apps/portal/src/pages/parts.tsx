// 各页共用的小件：状态标记、正文、目录、空结果。
import type { PublicStatus, RegisterSummary } from '@dianzhang/workflow'
import type { Child } from 'hono/jsx'
import type { Block } from '../text-structure.ts'
import { dateWords } from '../words.ts'

const tones: Record<PublicStatus, string> = {
  in_force: 'good',
  pending: 'soon',
  amended: 'changed',
  suspended: 'warn',
  expired: 'over',
  repealed: 'over',
  annulled: 'warn',
  unknown: 'plain',
}

/** 效力状态：总有文字，颜色只是陪衬。 */
export function StatusBadge({ status, label }: { status: PublicStatus; label: string }) {
  return <span class={`badge ${tones[status]}`}>{label}</span>
}

export function Empty({ children }: { children?: Child }) {
  return <div class="empty">{children}</div>
}

/** 登记库条目的一行。 */
export function EntryItem({ entry }: { entry: RegisterSummary }) {
  return (
    <li class="item">
      <h3>
        <a href={entryHref(entry.id)}>{entry.title}</a>
      </h3>
      <p class="facts">
        <StatusBadge status={entry.status} label={entry.statusLabel} />
        {entry.documentNumber ? <span>{entry.documentNumber}</span> : null}
        {entry.issuers.length > 0 ? <span>{entry.issuers.join('、')}</span> : null}
        {entry.publishedOn ? <span>{dateWords(entry.publishedOn)}公布</span> : null}
        {entry.origin === 'imported' ? <span class="origin">外部导入，未经核实</span> : null}
      </p>
      {entry.excerpt ? <p class="excerpt">{entry.excerpt}</p> : null}
    </li>
  )
}

export const entryHref = (id: string): string => `/register/${encodeURIComponent(id)}`
export const consultationHref = (id: string): string => `/consultations/${encodeURIComponent(id)}`

/** 正文。`ask` 给出某条“提意见”链接的地址。 */
export function LegalText({
  blocks,
  title,
  ask,
}: {
  blocks: readonly Block[]
  /** 正文第一行与此相同的，居中。 */
  title?: string
  ask?: (block: Block) => string | null
}) {
  return (
    <div class="text">
      {blocks.map((block, index) => {
        const id = block.id ?? undefined
        if (block.kind === 'chapter' || block.kind === 'section') {
          return (
            <h3 id={id} class={block.kind}>
              {block.label}
              {block.gap}
              {block.text}
            </h3>
          )
        }
        if (block.kind === 'heading') {
          return (
            <h3 id={id} class="numbered">
              {block.label}
              {block.text}
            </h3>
          )
        }
        if (block.kind === 'paragraph') {
          return <p class={index === 0 && block.text === title ? 'title' : undefined}>{block.text}</p>
        }
        const href = ask?.(block)
        return (
          <p id={id}>
            <b>{block.label}</b>
            {block.gap}
            {block.text}
            {href ? (
              <a class="ask" href={href} aria-label={`对${block.label}提意见`}>
                提意见
              </a>
            ) : null}
          </p>
        )
      })}
    </div>
  )
}

/** 目录：有章节的列章节，否则列条（条目太多时只列前 60 条，其余可在正文中查找）。 */
export function Contents({ blocks }: { blocks: readonly Block[] }) {
  const divisions = blocks.filter((block) => block.kind !== 'article' && block.kind !== 'paragraph')
  const articles = blocks.filter((block) => block.kind === 'article')
  const listed = divisions.length >= 2 ? divisions : articles
  if (listed.length < 3) return null
  const shown = listed.slice(0, 60)
  return (
    <nav class="contents" aria-labelledby="contents-title">
      <h2 id="contents-title">目录</h2>
      <ul class={divisions.length >= 2 ? undefined : 'short'}>
        {shown.map((block) => (
          <li class={block.kind}>
            <a href={`#${encodeURIComponent(block.id ?? '')}`}>
              {block.label}
              {block.kind === 'article' ? '' : block.kind === 'heading' ? block.text : `　${block.text}`}
            </a>
          </li>
        ))}
      </ul>
      {listed.length > shown.length ? <p class="small">其余 {listed.length - shown.length} 条见正文。</p> : null}
    </nav>
  )
}

/** 名称与值的清单；没有值的不列。 */
export function Facts({ items }: { items: ReadonlyArray<readonly [string, Child]> }) {
  return (
    <dl class="meta">
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
