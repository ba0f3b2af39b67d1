// Saving the text: checked while editing. The checks run in the browser; the status of cited bases is that of the
// register and is checked again after saving. Attachments are kept from the previous version by default.
import { adoptIds, applyWaivers, lintParsed, parseText, type Waiver } from '@dianzhang/text'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { findingsQuery, structureQuery } from '../document/text/shapes.ts'
import { useLate } from '../parts/late.ts'
import { FindingsPanel, type WaiverValue } from './findings-panel.tsx'
import { useForm } from './form-state.ts'
import '../document/text/text.css'

/** The same as what the server writes when saving. */
const normalised = (body: string): string =>
  body
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t\u3000]+$/gm, '')
    .trimEnd()

const none: WaiverValue[] = []
export default function DraftPanel() {
  const form = useForm()
  const { doc } = form
  const [n] = useState(doc?.text?.n ?? null)
  const id = doc?.id ?? ''
  const before = useQuery({ ...structureQuery(id, n ?? 0), enabled: n !== null })
  const known = useQuery({ ...findingsQuery(id, n ?? 0), enabled: n !== null })
  const body = useLate(normalised(String(form.values.body ?? '')), 500)
  const value = (form.values.waivers as WaiverValue[] | undefined) ?? none
  const { set } = form
  const change = useCallback((next: WaiverValue[]) => set(['waivers'], next), [set])
  const { open, waived } = useMemo(() => {
    const read = parseText(body)
    const structure = before.data ? adoptIds(before.data.structure, read) : read
    const findings = lintParsed(body, structure, {
      ...(structure.title === null && doc ? { title: doc.title } : {}),
      ...(doc?.classification.provisional ? { provisional: true } : {}),
      ...(doc ? { issuers: doc.issuers.map((issuer) => issuer.name) } : {}),
    })
    // What the register says of a cited basis is known of the saved version only; it stays while the words stay.
    const cited = (known.data?.findings ?? []).filter((each) => each.id.startsWith('C') && body.includes(each.quote))
    const earlier = (known.data?.waived ?? []).map((each) => each.waiver)
    const result = applyWaivers([...findings, ...cited], earlier as Waiver[])
    return {
      open: result.open,
      waived: result.waived.flatMap((each) => {
        const stored = earlier.find((waiver) => waiver === each.waiver)
        return stored ? [{ finding: each.finding, waiver: stored }] : []
      }),
    }
  }, [body, before.data, known.data, doc])
  if (!doc || body.trim() === '') return null
  return (
    <fieldset className="group" data-field="waivers">
      <legend>检查提示（{open.length}）</legend>
      <p className="hint" role="status">
        {open.length === 0
          ? '没有发现要问的。'
          : `改到不再提示，或者说明理由；都不做也可以保存，提请审核时随送审材料送交。`}
      </p>
      <FindingsPanel
        doc={doc}
        n={n ?? 1}
        open={open}
        waived={waived}
        ready={n === null || (before.data !== undefined && known.data !== undefined)}
        value={value}
        onChange={change}
        fixLink={false}
        errors={form.errors}
        by="drafter"
      />
    </fieldset>
  )
}
