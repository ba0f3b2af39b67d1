// Packs: the value, source and standing of each parameter, comparison and revision.
import { artefactLabels, confidenceLabels, tierLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useState } from 'react'
import { get } from '../api.ts'
import { cite } from '../parts/verdicts.tsx'
import { meQuery, unitsQuery } from '../queries.ts'
import type { Pack, PackVersion } from '../types.ts'
import { isDoubtful } from '../words.ts'
import { AffectedFiles } from './pack-affected.tsx'
import { PackDocument } from './pack-changes.tsx'
import { ComparePacks } from './pack-comparison.tsx'
import { VerificationDesk } from './pack-revision.tsx'
import { type Row, rowsOf, words } from './pack-rows.ts'
import { Loaded, RegisterPage, Table } from './parts.tsx'
import { WaitingRevision } from './waiting-revision.tsx'

const packRoute = getRouteApi('/staff/packs')
export function PacksPage() {
  const { version } = packRoute.useSearch()
  const navigate = useNavigate({ from: '/packs' })
  const list = useQuery({ queryKey: ['packs'], queryFn: () => get<PackVersion[]>('/api/packs') })
  const chosen = version ?? list.data?.at(-1)?.version
  const pack = useQuery({
    queryKey: ['packs', chosen],
    queryFn: () => get<Pack>(`/api/packs/${encodeURIComponent(chosen ?? '')}`),
    enabled: chosen !== undefined,
  })
  const { data: units } = useQuery(unitsQuery)
  const { data: me } = useQuery(meQuery)
  const [revising, setRevising] = useState<readonly Row[]>([])
  const name = (id: string) =>
    units?.find((unit) => unit.id === id)?.name ??
    tierLabels[id as keyof typeof tierLabels] ??
    artefactLabels[id as keyof typeof artefactLabels] ??
    words[id] ??
    id
  return (
    <RegisterPage
      title="规则包"
      intro="每个数额都有出处；未经核实的注明“待核实”，由系统管理员依正式文件确认后另立新版。案卷适用立项时的一版，改用新版须经办理并预览变化。"
      tools={
        <select
          className="native"
          aria-label="版本"
          value={chosen ?? ''}
          onChange={(e) => navigate({ search: { version: e.target.value } })}
        >
          {list.data?.map((each) => (
            <option key={each.version} value={each.version}>
              {each.version}（自 {each.effectiveFrom} 起）
            </option>
          ))}
        </select>
      }
    >
      <WaitingRevision />
      <AffectedFiles />
      <ComparePacks />
      <Loaded query={pack}>
        {(found) => {
          const rows = rowsOf(found)
          const settled = found.verification.reduce((sum, each) => sum + each.conventions.length, 0)
          return (
            <>
              <p>
                {found.name}　共 {rows.length} 项。待核实的：
                {found.verification.map((each, n) => (
                  <span key={each.label}>
                    {n > 0 ? '，' : ''}
                    {each.label} <b className={each.unverified.length > 0 ? 'bad' : 'good'}>{each.unverified.length}</b>
                  </span>
                ))}
                {settled > 0 ? `；另有本系统的约定 ${settled} 项，须由管理员确认` : ''}。
              </p>
              {me?.roles.includes('admin') && chosen === list.data?.at(-1)?.version ? (
                <Queue
                  rows={rows}
                  unverified={new Set(found.verification.flatMap((each) => each.unverified))}
                  onOpen={setRevising}
                />
              ) : null}
              {revising.length > 0 ? (
                <VerificationDesk
                  key={revising[0]?.path}
                  base={found.version}
                  queue={revising}
                  nameOf={name}
                  onClose={() => setRevising([])}
                />
              ) : null}
              <Table
                rows={rows}
                keyOf={(row) => row.path}
                empty="这一版没有参数。"
                taken={{ path: `/api/packs/${encodeURIComponent(found.version)}/values` }}
                columns={[
                  { head: '项目', width: '190px', cell: (row) => row.name },
                  {
                    head: '值',
                    width: '200px',
                    cell: (row) => <b>{row.text}</b>,
                  },
                  {
                    head: '出处',
                    cell: (row) =>
                      row.param.source.map((basis) => (
                        <span key={`${basis.document}${basis.article}`} className="block">
                          {cite(basis)}
                        </span>
                      )),
                  },
                  {
                    head: '核实',
                    width: '110px',
                    cell: (row) => (
                      <>
                        {isDoubtful(row.param.confidence) ? (
                          <mark>{confidenceLabels[row.param.confidence]}</mark>
                        ) : (
                          <span className="good">{confidenceLabels[row.param.confidence]}</span>
                        )}
                        {row.param.confirmedBy ? (
                          <span className="block quiet">
                            {row.param.confirmedBy} {row.param.confirmedOn}
                          </span>
                        ) : null}
                        {row.param.file ? <PackDocument file={row.param.file} /> : null}
                      </>
                    ),
                  },
                  {
                    head: '原话与说明',
                    width: '300px',
                    cell: (row) => (
                      <>
                        {row.param.quote ? <span className="block">“{row.param.quote}”</span> : null}
                        {row.param.note ? <span className="block quiet">{row.param.note}</span> : null}
                      </>
                    ),
                  },
                  ...(me?.roles.includes('admin')
                    ? [
                        {
                          head: '修订',
                          width: '70px',
                          cell: (row: Row) => (
                            <Button size="small" aria-label={`修订${row.name}`} onClick={() => setRevising([row])}>
                              修订
                            </Button>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </>
          )
        }}
      </Loaded>
    </RegisterPage>
  )
}
/** The unverified values as a queue, gone through one after another; conventions of the product come after them. */
function Queue({
  rows,
  unverified,
  onOpen,
}: {
  rows: readonly Row[]
  unverified: ReadonlySet<string>
  onOpen: (rows: readonly Row[]) => void
}) {
  const open = rows.filter((row) => isDoubtful(row.param.confidence) && row.param.confirmedBy === null)
  const first = open.filter((row) => unverified.has(row.path))
  const conventions = open.filter((row) => !unverified.has(row.path))
  if (open.length === 0) return null
  return (
    <section className="card row" aria-label="核实工作台" data-testid="verification-queue">
      <span>
        <b>核实工作台</b>：{first.length} 项来自推断、记忆或者外地做法，须依正式文件确认
        {conventions.length > 0 ? `；另有本系统的约定 ${conventions.length} 项` : ''}
        。值不变的只确认，几项可以并成一版。
      </span>
      <Button type="primary" onClick={() => onOpen([...first, ...conventions])}>
        逐项核实
      </Button>
    </section>
  )
}
