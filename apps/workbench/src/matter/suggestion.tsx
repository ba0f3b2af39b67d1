// The review suggestion's own tab: what it says, the conflict it points to and the conclusion, the letters exchanged,
// the articles of the document concerned.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { ErrorNote, Loading } from '../parts/states.tsx'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'
import { registerText } from './register-text.ts'
import type { Matter } from './types.ts'

type Own = Told<typeof answers.SuggestionFile>
type Said = Own['texts'][number]
const kinds: Record<string, string> = {
  submission: '建议的理由',
  completion_request: '告知补正',
  completion: '补正的理由',
  inquiry: '请制定机关说明',
  explanation: '制定机关的说明',
  transfer: '移送的理由',
  refusal: '不予登记的说明',
  decline: '不启动审查的理由',
  notice: '告知提出人',
  answer: '答复',
  reopening: '重新启动的理由',
}
const wordsOf = ({ reason, text, questions, reasons, missing }: Said['body']): string =>
  [reason, text, questions, reasons, missing?.join('；')].filter(Boolean).join('\n')

export default function Suggestion({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  const said = own.texts.filter((each) => kinds[each.kind] && wordsOf(each.body))
  return (
    <div className="stack">
      <section className="stack" aria-label="所指的冲突">
        <h2>所指的冲突</h2>
        {own.conflicts.length === 0 ? <p className="quiet">没有写明与哪一上位法不一致。</p> : null}
        <ol>
          {own.conflicts.map((x) => (
            <li key={x.id}>
              《{x.act}》{x.article}：{x.reason}
              <p className="hint">
                {x.finding
                  ? `结论：${own.outcomeLabels[x.finding.outcome]}${x.finding.provisions?.length ? `（${x.finding.provisions.join('、')}）` : ''}，依据${x.finding.ground}`
                  : '还没有结论'}
              </p>
            </li>
          ))}
        </ol>
        {own.provisions.length > 0 ? <p>建议审查的条款：{own.provisions.join('、')}</p> : null}
      </section>
      {said.map((each) => (
        <section className="stack" key={each.n} aria-label={kinds[each.kind]}>
          <h3>
            {kinds[each.kind]}　<span className="quiet">{momentOf(each.at)}</span>
          </h3>
          <p className="pre">{wordsOf(each.body)}</p>
        </section>
      ))}
      {own.from ? (
        <p>
          由{own.from.unit}移送；原来收到之日：{own.from.receivedOn}。
        </p>
      ) : null}
      {own.exit?.kind === 'transferred' ? (
        <p>
          {own.exit.matter ? (
            <a href={`/staff/matters/${own.exit.matter}`}>已在{own.exit.to}开启，看那里的一件</a>
          ) : null}{' '}
          <a href={`/api/matters/${matter.id}/transfer.docx`}>下载移送函（Word）</a>{' '}
          <a href={`/api/matters/${matter.id}/transfer.pdf`}>PDF</a>
        </p>
      ) : null}
      {said.some(({ kind }) => kind === 'answer') ? (
        <p>
          <a href={`/api/matters/${matter.id}/answer.docx`}>下载答复（Word）</a>{' '}
          <a href={`/api/matters/${matter.id}/answer.pdf`}>PDF</a>
        </p>
      ) : null}
      <Text entry={own.document.entry} title={own.document.title} />
    </div>
  )
}
function Text({ entry, title }: { entry: string; title: string }) {
  const found = useQuery(registerText(entry))
  return (
    <section className="stack" aria-label="所涉文件的条文">
      <h2>
        <a href={`/register/${encodeURIComponent(entry)}`}>《{title}》</a>
      </h2>
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ErrorNote error={found.error} retry={() => found.refetch()} /> : null}
      <p className="pre">{found.data?.body}</p>
    </section>
  )
}
