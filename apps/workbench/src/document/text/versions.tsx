// The versions at a glance.
import { Link } from '@tanstack/react-router'
import { search } from '../../api.ts'
import type { Doc } from '../../types.ts'
import { momentOf, shortHash } from '../../words.ts'
import type { Version } from './shapes.ts'

export const fileUrl = (doc: Doc, { sha256, name }: { sha256: string; name: string }): string =>
  `/api/documents/${doc.id}/attachments/${sha256}${search({ name })}`

export function Versions({ doc, list, showing }: { doc: Doc; list: readonly Version[]; showing: number }) {
  return (
    <details className="versions no-print" open={list.length <= 4}>
      <summary>各版（{list.length}）</summary>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th>版次</th>
              <th>时间</th>
              <th>经办</th>
              <th>字数</th>
              <th>说明</th>
              <th>比较</th>
              <th>内容摘要</th>
              <th>附件</th>
            </tr>
          </thead>
          <tbody>
            {list.toReversed().map((each) => (
              <tr key={each.n} className={each.n === showing ? 'selected' : ''}>
                <td className="nowrap">
                  <Link
                    to="/documents/$id"
                    params={{ id: doc.id }}
                    search={{ tab: 'texts', to: each.n }}
                    resetScroll={false}
                  >
                    第{each.n}版
                  </Link>
                  {each.kind === 'correction' ? '（签署后更正）' : ''}
                </td>
                <td className="nowrap">{momentOf(each.at)}</td>
                <td>{doc.people[each.by] ?? each.by}</td>
                <td className="num">{each.characters}</td>
                <td>{each.note ?? ''}</td>
                <td className="nowrap">
                  {each.n > 1 ? (
                    <Link
                      to="/documents/$id"
                      params={{ id: doc.id }}
                      search={{ tab: 'texts', from: each.n - 1, to: each.n }}
                      resetScroll={false}
                    >
                      与上一版
                    </Link>
                  ) : null}
                </td>
                <td>
                  <code title={each.hash}>{shortHash(each.hash)}</code>
                </td>
                <td>
                  {each.attachments.map((file) => (
                    <a key={file.sha256} className="block" href={fileUrl(doc, file)} download={file.name}>
                      {file.name}
                    </a>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
