// Papers of this file, written from its records, to take away as Word or PDF; and the whole of it in one package.
import type { Doc } from '../types.ts'

export function Papers({ doc }: { doc: Doc }) {
  const at = `/api/documents/${doc.id}`
  const papers: Array<[paper: string, name: string, there: boolean]> = [
    ['process-sheet', '办理单', true],
    ['opinions-table', '采纳情况表', doc.interagency.length > 0 || doc.consultations.length > 0],
    ['legality-opinion', '审核意见书', Boolean(doc.review?.opinion)],
    ['archive-list', '卷内目录', true],
  ]
  return (
    <>
      <h2>公文与案卷</h2>
      <ul className="lines no-print" data-testid="papers">
        {papers
          .filter(([, , there]) => there)
          .map(([paper, name]) => (
            <li key={paper}>
              {name}　<a href={`${at}/${paper}.docx`}>Word</a>　<a href={`${at}/${paper}.pdf`}>PDF</a>
            </li>
          ))}
        <li>
          <a href={`${at}/archive.zip`}>整卷下载：各版文本、材料、附件与目录（ZIP）</a>
        </li>
      </ul>
    </>
  )
}
