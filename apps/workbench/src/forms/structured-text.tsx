// A structured text as a field: which template belongs to it follows from the field or from the kind of material chosen.
import { artefactLabels } from '@dianzhang/contract'
import { lazy, Suspense } from 'react'
import { useMaterialStart } from '../document/material-start.ts'
import { Loading } from '../parts/states.tsx'
import type { Doc } from '../types.ts'
import { UsualWords } from './basic-inputs.tsx'
import type { ControlProps } from './control-props.ts'
import { useForm } from './form-state.ts'
import { titleOf } from './words.ts'

const FieldEditor = lazy(() => import('../editor/field-editor.tsx'))

export function StructuredText(props: ControlProps) {
  const { doc, values } = useForm()
  const kind = props.shape.of?.template ?? (values.kind as string | undefined)
  return doc && kind ? <Templated {...props} doc={doc} kind={kind} /> : <Written {...props} />
}
function Templated({ doc, kind, ...props }: ControlProps & { doc: Doc; kind: string }) {
  const start = useMaterialStart(doc, kind)
  const template = start?.['material-body']
  return <Written {...props} template={typeof template === 'string' ? template : undefined} kind={kind} />
}
function Written({
  id,
  shape,
  value,
  onChange,
  bad,
  template,
  kind,
}: ControlProps & { template?: string | undefined; kind?: string }) {
  const { doc } = useForm()
  const text = String(value ?? '')
  return (
    <>
      <Suspense fallback={<Loading lines={6} />}>
        <FieldEditor
          id={id}
          label={titleOf(shape, '正文')}
          value={text}
          onChange={onChange}
          bad={bad}
          document={doc?.id}
          template={template}
          templateName={
            kind === 'legality_opinion' ? '审核意见书' : (artefactLabels[kind as keyof typeof artefactLabels] ?? '')
          }
        />
      </Suspense>
      {shape.kind === 'string' && shape.suggestions ? (
        <UsualWords
          phrases={shape.suggestions}
          onPick={(phrase) => onChange(text.trim() === '' ? `${phrase}\n` : `${text.trimEnd()}\n${phrase}\n`)}
        />
      ) : null}
    </>
  )
}
