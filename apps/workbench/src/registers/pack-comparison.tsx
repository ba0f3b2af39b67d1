// Two versions of packs side by side.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../api.ts'
import { cite } from '../parts/verdicts.tsx'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { openCounts } from './pack-rows.ts'
import { Loaded, Table } from './parts.tsx'

type Comparison = Told<typeof answers.PackComparison>
type Side = NonNullable<Comparison['rows'][number]['left']>
type ComparePlace = Told<typeof answers.PackPlace>
function SideCell({ side }: { side: Side | null }) {
  if (!side) return <span className="quiet">没有此项</span>
  return (
    <>
      <b>{side.text}</b>
      {side.sources.map((basis) => (
        <span key={`${basis.document}${basis.article}`} className="block quiet">
          {cite(basis)}
        </span>
      ))}
      {side.quote ? <span className="block">“{side.quote}”</span> : null}
      {side.note ? <span className="block quiet">{side.note}</span> : null}
    </>
  )
}
/** Any two versions of packs side by side, differences first. */
export function ComparePacks() {
  const places = useQuery({
    queryKey: ['packs', 'places'],
    queryFn: () => get<ComparePlace[]>('/api/packs/places'),
  })
  const { data: me } = useQuery(meQuery)
  const [chosen, setChosen] = useState<{ left?: string; right?: string }>({})
  const [all, setAll] = useState(false)
  const found = places.data ?? []
  const own = found.find((each) => each.jurisdiction === me?.jurisdiction)
  const left = chosen.left ?? own?.versions[0]
  const right = chosen.right ?? found.find((each) => each !== own && each.jurisdiction !== 'CN')?.versions[0]
  const compared = useQuery({
    queryKey: ['packs', 'compare', left, right],
    queryFn: () =>
      get<Comparison>(
        `/api/packs/compare?left=${encodeURIComponent(left ?? '')}&right=${encodeURIComponent(right ?? '')}`,
      ),
    enabled: left !== undefined && right !== undefined,
  })
  const pick = (label: string, value: string | undefined, set: (version: string) => void) => (
    <select className="native" aria-label={label} value={value ?? ''} onChange={(e) => set(e.target.value)}>
      {found.map((place) => (
        <optgroup key={place.jurisdiction} label={`${place.name}（${openCounts(place.verification)}）`}>
          {place.versions.map((version) => (
            <option key={version} value={version}>
              {version}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
  return (
    <details className="card">
      <summary>两地、两版对照</summary>
      <p className="row">
        {pick('对照的一版', left, (version) => setChosen({ ...chosen, left: version }))}
        {pick('与之对照的另一版', right, (version) => setChosen({ ...chosen, right: version }))}
        <label>
          <input type="checkbox" checked={all} onChange={(e) => setAll(e.target.checked)} /> 也列相同的
        </label>
      </p>
      {left !== undefined && right !== undefined ? (
        <Loaded query={compared}>
          {(page) => (
            <>
              <p>
                {page.rows.length} 项中有 <b>{page.different}</b> 项不同。
              </p>
              <Table
                rows={all ? page.rows : page.rows.filter((row) => !row.same)}
                keyOf={(row) => row.path}
                empty="没有不同。"
                taken={{ path: '/api/packs/compare', params: { left, right } }}
                columns={[
                  { head: '项目', width: '190px', cell: (row) => row.label },
                  { head: `${page.left.name} ${page.left.version}`, cell: (row) => <SideCell side={row.left} /> },
                  { head: `${page.right.name} ${page.right.version}`, cell: (row) => <SideCell side={row.right} /> },
                ]}
              />
            </>
          )}
        </Loaded>
      ) : null}
    </details>
  )
}
