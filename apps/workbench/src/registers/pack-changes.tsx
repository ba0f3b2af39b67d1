// What a revision of a pack comes to, before it is a version: item by item what it was and will be, what gets looser, which open files
// it touches.
import type { answers } from '@dianzhang/contract'
import { Link } from '@tanstack/react-router'
import { search } from '../api.ts'
import type { Told } from '../types.ts'

type Compared = Told<typeof answers.PackRevisionPreview>

/** The attached formal document, to be downloaded. */
export function PackDocument({ file }: { file: { name: string; sha256: string } }) {
  return (
    <a href={`/api/packs/files/${file.sha256}${search({ name: file.name })}`} download={file.name}>
      {file.name}
    </a>
  )
}
/** `stored`: the attached documents are there to be downloaded. */
export function RevisionChanges({ found, stored }: { found: Compared; stored: boolean }) {
  const looser = new Map(found.looser.map((each) => [each.path, each.message]))
  return (
    <>
      <div className="scroll-x">
        <table className="table folds" data-testid="revision-changes">
          <thead>
            <tr>
              <th>项目</th>
              <th>现在的值</th>
              <th>新的一版</th>
              <th>依据</th>
            </tr>
          </thead>
          <tbody>
            {found.changes.map((each) => (
              <tr key={each.path} data-path={each.path}>
                <td data-label="项目">{each.label}</td>
                <td data-label="现在的值">{each.before}</td>
                <td data-label="新的一版">
                  {each.same ? <span className="quiet">不变，只确认</span> : <b>{each.after}</b>}
                  {looser.has(each.path) ? (
                    <span className="block">
                      <mark>放宽</mark>
                    </span>
                  ) : null}
                </td>
                <td data-label="依据">
                  {each.source.document} {each.source.article}
                  {each.quote ? <span className="block">“{each.quote}”</span> : null}
                  {each.note ? <span className="block quiet">{each.note}</span> : null}
                  {each.file ? (
                    <span className="block">{stored ? <PackDocument file={each.file} /> : each.file.name}</span>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.affected.length > 0 ? (
        <details open={found.affected.length <= 5} data-testid="revision-affected">
          <summary>改用以后期限会变动的在办案卷：{found.affected.length} 件</summary>
          <ul className="lines">
            {found.affected.map((file) => (
              <li key={file.id}>
                <Link to="/documents/$id" params={{ id: file.id }} search={{ tab: 'deadlines' }} target="_blank">
                  {file.title}
                </Link>
                （{file.stageLabel}）
                {file.deadlines.map((each) => (
                  <span key={each.key} className="block quiet">
                    {each.label}：{each.before ?? '（无）'} → {each.after ?? '（无）'}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </details>
      ) : found.faults.length === 0 ? (
        <p className="quiet">没有在办案卷的期限会因此变动。</p>
      ) : null}
    </>
  )
}
