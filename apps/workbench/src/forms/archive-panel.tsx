// Before filing away: what the archive will hold, each with its digest; how long it is kept, chosen; what is not finished yet.
import type { answers } from '@dianzhang/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { get } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { actionsQuery } from '../queries.ts'
import type { Doc, Told } from '../types.ts'
import { momentOf, plain, roleName, shortHash } from '../words.ts'
import { useForm } from './form-state.ts'

const contentsQuery = (doc: Doc) =>
  queryOptions({
    queryKey: ['doc', doc.id, 'archive', doc.version],
    queryFn: () => get<Told<typeof answers.ArchiveContents>>(`/api/documents/${doc.id}/archive`),
  })

/** What the rules say of what is not finished; the others speak of what the form asks for. */
const aboutOpen: ReadonlySet<string> = new Set(['archive.settled', 'archive.unfinished'])

/** Above the form: what is not finished, and the kinds of retention, one press each. */
export default function ArchivePanel() {
  const { doc } = useForm()
  return doc ? <Retention doc={doc} /> : null
}
function Retention({ doc }: { doc: Doc }) {
  const form = useForm()
  const { data } = useQuery(contentsQuery(doc))
  const actions = useQuery(actionsQuery(doc.id)).data
  if (!data) return <Loading lines={3} />
  const number = String(form.values.archiveNo ?? '')
  const proposed = data.numbers[String(form.values.retention ?? '')]
  const action = actions?.find(({ command }) => command === 'ArchiveFile')
  // Where it may not be done yet, the form says all of them at its head.
  const judged = action?.allowed ? action.verdicts.filter(({ rule }) => aboutOpen.has(rule)) : []
  /** A number that nobody has touched follows the retention. */
  const keep = (retention: string) => {
    form.set(['retention'], retention || undefined)
    if (number === '' || Object.values(data.numbers).includes(number)) form.set(['archiveNo'], data.numbers[retention])
  }
  return (
    <section className="stack" aria-label="归档以前" data-testid="archive-panel">
      <Verdicts list={judged} />
      {data.open.length > 0 ? (
        <div className="note note-warn" role="status">
          <p>
            <b>还等着这些人办：</b>
          </p>
          <ul className="plain">
            {data.open.map((one) => (
              <li key={`${one.verb}${one.unit ?? one.role}`}>
                {one.verb}：{one.unit ?? roleName(one.role)}
                {one.dueOn ? `，${plain(one.dueOn)}前` : ''}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div data-field="retention">
        <Labelled label="保管期限" error={form.errors.retention}>
          {(id) => (
            <>
              <span className="row">
                {data.retentions.map((one) => (
                  <Button
                    key={one}
                    aria-pressed={form.values.retention === one}
                    type={form.values.retention === one ? 'primary' : 'default'}
                    onClick={() => keep(one)}
                  >
                    {one}
                  </Button>
                ))}
              </span>
              <Input
                id={id}
                value={String(form.values.retention ?? '')}
                maxLength={40}
                onChange={(event) => keep(event.target.value)}
              />
            </>
          )}
        </Labelled>
        <p className="quiet">依本机关经审核同意的归档范围和保管期限表</p>
      </div>
      <div data-field="archiveNo">
        <Labelled label="档号" error={form.errors.archiveNo}>
          {(id) => (
            <Input
              id={id}
              value={number}
              maxLength={100}
              placeholder="选了保管期限，即拟出档号"
              onChange={(event) => form.set(['archiveNo'], event.target.value || undefined)}
            />
          )}
        </Labelled>
        <p className="quiet">
          {proposed && number === proposed
            ? '依档号的写法拟出，接着已经用到的件号；可以改。'
            : '可以不编，由档案机构以后编。'}
          {data.fonds.number
            ? ''
            : `${data.fonds.unit}的全宗号没有登记，拟出的档号里没有这一段：在前面补上，或者由管理员在规则包里登记。`}
        </p>
      </div>
    </section>
  )
}

/** On the left: the list, as it will be kept. */
export function ArchiveList() {
  const { doc } = useForm()
  return doc ? <List doc={doc} /> : null
}
function List({ doc }: { doc: Doc }) {
  const contents = useQuery(contentsQuery(doc))
  if (contents.isPending) return <Loading lines={8} />
  if (contents.isError) return <ErrorNote error={contents.error} retry={() => contents.refetch()} />
  const { items, files, manifestHash } = contents.data
  return (
    <section className="stack" aria-label="卷内目录" data-testid="archive-list">
      <h3>卷内目录（{files} 件）</h3>
      <div className="scroll-x">
        <table className="table folds">
          <thead>
            <tr>
              <th>序号</th>
              <th>名称</th>
              <th>形成于</th>
              <th>摘要</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item, i) => (
              <tr key={`${item.name}${item.hash}`}>
                <td data-label="序号">{i + 1}</td>
                <td data-label="名称">
                  {item.name}
                  {item.attachments.map((file) => (
                    <small key={`${file.sha256}${file.name}`} className="block quiet">
                      附件：{file.name}
                    </small>
                  ))}
                </td>
                <td data-label="形成于">{momentOf(item.at)}</td>
                <td data-label="摘要">
                  <code title={item.hash}>{shortHash(item.hash)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">
        清单摘要 <code title={manifestHash}>{shortHash(manifestHash)}</code>，归档时记入案卷
      </p>
    </section>
  )
}
