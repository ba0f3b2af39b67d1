// Anchors outside the database: the digest of each daily seal is signed and made public. Says what an anchor proves
// and how to check it, and lists the most recent.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { get, search } from '../api.ts'
import type { Told } from '../types.ts'
import { Loaded, Table } from './parts.tsx'

type Answer = Told<typeof answers.Anchors>
type Anchor = Answer['items'][number]
const shown = 10
const page = 100

/** All anchors: oldest first, a hundred to a page. */
async function everyAnchor(): Promise<{ list: Anchor[]; publicKey: string | null }> {
  const list: Anchor[] = []
  let publicKey: string | null = null
  for (let after: number | null = 0; after !== null; ) {
    const answer: Answer = await get<Answer>(`/public/v1/anchors${search({ after, limit: page })}`)
    list.push(...answer.items)
    publicKey ??= answer.publicKey
    after = answer.next
  }
  return { list, publicKey }
}

export function Anchors() {
  const query = useQuery({ queryKey: ['anchors'], queryFn: everyAnchor })
  return (
    <section aria-label="公开的锚" className="stack" data-testid="anchors">
      <h2>公开的锚</h2>
      <p>
        每日封存以后，封存的摘要用数据库以外的一把密钥签名，公开在
        <a href="/public/v1/anchors" target="_blank" rel="noreferrer">
          {`${window.location.origin}/public/v1/anchors`}
        </a>
        ，任何人都可以留存，这就是锚。
      </p>
      <ul className="lines">
        <li>
          证明什么：签名之日封存了这些台账。此后有人改动、删去其中一条，或者把数据库连同封存整个重写，重算的摘要就与已经公开的锚对不上。
        </li>
        <li>
          不证明什么：封存以前当日的改动，以及台账所记的内容本身是否属实。密钥被人取得的，只有先前已被他人留存的锚靠得住。
        </li>
        <li>
          怎样核对：请另一个单位定期留存上面的地址与公钥；核对时用命令{' '}
          <code>dianzhang verify --anchor 留存的文件或者网址</code>。
        </li>
      </ul>
      <Loaded query={query}>
        {({ list, publicKey }) => (
          <>
            <dl className="facts card">
              <dt>锚</dt>
              <dd>
                {list.length === 0
                  ? '还没有：第一次每日封存以后出现'
                  : `${list.length} 个，${list[0]?.day} 至 ${list.at(-1)?.day}`}
              </dd>
              {list.at(-1) ? (
                <>
                  <dt>公钥的指纹</dt>
                  <dd className="hash break">{list.at(-1)?.key}</dd>
                </>
              ) : null}
              {publicKey ? (
                <>
                  <dt>公钥（Ed25519）</dt>
                  <dd>
                    <details>
                      <summary>展开</summary>
                      <pre className="break">{publicKey}</pre>
                    </details>
                  </dd>
                </>
              ) : null}
            </dl>
            {list.length > 0 ? (
              <Table
                rows={list.slice(-shown).reverse()}
                keyOf={(row) => `${row.jurisdiction}${row.day}`}
                empty=""
                taken={{ path: '/public/v1/anchors' }}
                columns={[
                  { head: '封存之日', cell: (row) => row.day, width: '9em' },
                  { head: '案卷与事项', num: true, cell: (row) => row.documents },
                  { head: '台账', num: true, cell: (row) => row.events },
                  { head: '封存摘要', cell: (row) => <span className="hash break">{row.seal}</span> },
                ]}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  )
}
