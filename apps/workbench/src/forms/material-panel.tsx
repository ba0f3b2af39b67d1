// The material follows its kind: whoever chooses another kind gets that kind's start, unless something was written already.
import { useEffect, useRef, useState } from 'react'
import { useMaterialStart } from '../document/material-start.ts'
import type { Doc } from '../types.ts'
import { useForm } from './form-state.ts'

export function MaterialPanel() {
  const { doc } = useForm()
  return doc ? <Following doc={doc} /> : null
}
function Following({ doc }: { doc: Doc }) {
  const { values, set } = useForm()
  const kind = values.kind as string | undefined
  const [opened] = useState(kind)
  const first = useMaterialStart(doc, opened)
  const start = useMaterialStart(doc, kind)
  /** The start of the kind that was chosen before. */
  const before = useRef<{ kind: string | undefined; body: string } | null>(null)
  const body = String(values.body ?? '')
  const listed = Array.isArray(values.bases) && values.bases.length > 0
  useEffect(() => {
    // Chosen before either start has arrived, it is compared when both are here.
    if (start === undefined || first === undefined) return
    before.current ??= { kind: opened, body: String(first['material-body'] ?? '') }
    if (before.current.kind === kind) return
    const own = String(start['material-body'] ?? '')
    if (body.trim() === '' || body === before.current.body) set(['body'], own)
    if (!listed && start['material-bases']) set(['bases'], start['material-bases'])
    before.current = { kind, body: own }
  }, [start, first, opened, kind, body, listed, set])
  return null
}
