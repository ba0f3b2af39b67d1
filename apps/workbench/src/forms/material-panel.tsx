// The material follows its kind: whoever chooses another kind gets that kind's start, unless something was written already.
import { useEffect, useRef } from 'react'
import { useMaterialStart } from '../document/material-start.ts'
import type { Doc } from '../types.ts'
import { useForm } from './form-state.ts'

export default function MaterialPanel() {
  const { doc } = useForm()
  return doc ? <Following doc={doc} /> : null
}
function Following({ doc }: { doc: Doc }) {
  const { values, set } = useForm()
  const kind = values.kind as string | undefined
  const start = useMaterialStart(doc, kind)
  /** The start of the kind that was chosen before. */
  const before = useRef<{ kind: string | undefined; body: string } | null>(null)
  const body = String(values.body ?? '')
  const listed = Array.isArray(values.bases) && values.bases.length > 0
  useEffect(() => {
    if (start === undefined || before.current?.kind === kind) return
    const own = String(start['material-body'] ?? '')
    if (before.current && (body.trim() === '' || body === before.current.body)) set(['body'], own)
    if (before.current && !listed && start['material-bases']) set(['bases'], start['material-bases'])
    before.current = { kind, body: own }
  }, [start, kind, body, listed, set])
  return null
}
