// 各页共用的小件：状态标记、条目、名称与值、空结果。
import type { PublicStatus, RegisterSummary } from '@dianzhang/register'
import type { Child } from 'hono/jsx'
import { entryHref } from '../addresses.ts'
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
