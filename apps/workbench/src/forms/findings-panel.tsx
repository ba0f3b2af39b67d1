// Hints from checks when acting: go back and change each, or explain the reason; a reviewer can list it as an opinion,
// or agree with a written reason that it stays.
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { memo, type ReactNode, useEffect, useId } from 'react'
import type { OpenFinding, Waived } from '../document/text/shapes.ts'
import { severityNames } from '../document/text/words.ts'
import type { Doc } from '../types.ts'
import { momentOf } from '../words.ts'

/** One “此处不改” (left as it is) submitted with the command. */
export interface WaiverValue {
  id: string
  quote: string
  element?: string
  reason: string
}
const answers = (waiver: WaiverValue, finding: OpenFinding): boolean =>
  waiver.id === finding.id && waiver.quote === finding.quote && waiver.element === finding.element

/** Not redrawn while the fields stay the same: a long text checked while typing does not lag. */
export const FindingsPanel = memo(function FindingsPanel({
  doc,
  n,
  open,
  waived,
  value,
  onChange,
  errors,
  by,
  tools,
  ready = true,
  fixLink = by === 'drafter',
}: {
  doc: Doc
  n: number
  open: readonly OpenFinding[]
  waived: readonly Waived[]
  /** The checks have a result: reasons for what is no longer asked are then no longer submitted with the command. */
  ready?: boolean
  /** Gives a link back to the text to change it; not given when the form itself can change the text. */
  fixLink?: boolean
  value: readonly WaiverValue[]
  onChange: (next: WaiverValue[]) => void
  errors: Record<string, string>
  by: 'drafter' | 'reviewer'
  tools?: ((finding: OpenFinding) => ReactNode) | undefined
}) {
  // A reason without its question would be submitted, and refused when empty, without being seen.
  useEffect(() => {
    if (!ready) return
    const left = value.filter((waiver) => open.some((finding) => answers(waiver, finding)))
    if (left.length < value.length) onChange(left)
  }, [ready, open, value, onChange])
  return (
    <div className="findings-panel">
      <ol className="cards">
        {open.map((finding) => (
          <Entry
            // One place asks one question once; the offsets tell two equal ones apart.
            key={`${finding.id}${finding.start}${finding.element ?? ''}`}
            doc={doc}
            n={n}
            finding={finding}
            value={value}
            onChange={onChange}
            errors={errors}
            by={by}
            tools={tools}
            fixLink={fixLink}
          />
        ))}
      </ol>
      {waived.length > 0 ? (
        <details className="waived">
          <summary>此前已说明不改的 {waived.length} 处</summary>
          <ol className="cards">
            {waived.map(({ finding, waiver }) => (
              <li key={`${finding.id}${finding.start}${finding.element ?? ''}`} className="card-item">
                <p>
                  <b>{finding.category}</b> <span className="quiet">{finding.address ?? '全文'}</span>
                </p>
                {finding.quote ? <blockquote className="quote">{finding.quote}</blockquote> : null}
                <p className="reason">
                  {waiver.by === 'reviewer' ? '审核人' : '起草人'}（{momentOf(waiver.at)}）：{waiver.reason}
                </p>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </div>
  )
})
function Entry({
  doc,
  n,
  finding,
  value,
  onChange,
  errors,
  by,
  tools,
  fixLink,
}: {
  doc: Doc
  n: number
  finding: OpenFinding
  value: readonly WaiverValue[]
  onChange: (next: WaiverValue[]) => void
  errors: Record<string, string>
  by: 'drafter' | 'reviewer'
  tools: ((finding: OpenFinding) => ReactNode) | undefined
  fixLink: boolean
}) {
  const id = useId()
  const at = value.findIndex((waiver) => answers(waiver, finding))
  const error = at >= 0 ? errors[`waivers.${at}.reason`] : undefined
  return (
    <li className="card-item" data-finding={finding.id}>
      <p>
        <span className={`sev sev-${finding.severity}`}>{severityNames[finding.severity]}</span>{' '}
        <b>{finding.category}</b> <span className="quiet">{finding.address ?? '全文'}</span>
      </p>
      {finding.quote ? <blockquote className="quote">{finding.quote}</blockquote> : null}
      <p>{finding.message}</p>
      <p className="quiet">
        依据：{finding.basis}　编号 {finding.id}
      </p>
      {finding.explained ? <p className="reason">起草人已说明：{finding.explained}</p> : null}
      {at >= 0 ? (
        <div className="field">
          <label htmlFor={id}>
            <b>{by === 'reviewer' ? '同意不改的理由' : '不改的理由'}</b>
          </label>
          <Input.TextArea
            id={id}
            value={value[at]?.reason ?? ''}
            rows={2}
            maxLength={2000}
            onChange={(event) =>
              onChange(value.map((waiver, k) => (k === at ? { ...waiver, reason: event.target.value } : waiver)))
            }
            {...(error ? { status: 'error' as const } : {})}
          />
          {error ? (
            <span className="field-error" role="alert">
              {error}
            </span>
          ) : null}
        </div>
      ) : null}
      <div className="row card-tools">
        <Button
          size="small"
          onClick={() =>
            onChange(
              at >= 0
                ? value.filter((_, k) => k !== at)
                : [
                    ...value,
                    {
                      id: finding.id,
                      quote: finding.quote,
                      ...(finding.element ? { element: finding.element } : {}),
                      reason: '',
                    },
                  ],
            )
          }
        >
          {at >= 0 ? '取消' : by === 'reviewer' ? '同意不改，写明理由' : '不改，说明理由'}
        </Button>
        {fixLink ? (
          <Link
            to="/documents/$id"
            params={{ id: doc.id }}
            search={{ tab: 'texts', to: n }}
            {...(finding.address ? { hash: finding.address } : {})}
          >
            回到文本去改
          </Link>
        ) : null}
        {tools?.(finding)}
      </div>
    </li>
  )
}
