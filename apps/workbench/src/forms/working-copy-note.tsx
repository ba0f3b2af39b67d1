// The working draft before saving the text: when someone has edited in the editor without saving it as a formal text,
// look at it first, then decide whether to go on from it or drop it.
import type { Problem } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import { useEffect, useState } from 'react'
import { get } from '../api.ts'
import { arrived, type WorkingCopy, workingCopyPath } from '../editor/use-working-copy.ts'
import { momentOf } from '../words.ts'

export interface CopyGuard {
  copy: WorkingCopy | null
  /**
   * The number sent with the command: the working copy looked at and decided on; 0 when there is none or nothing is
   * decided yet. The server checks it again.
   */
  revisionFor: (body: string) => number | undefined
  /** It is not yet decided what to do with the working copy. */
  undecided: (body: string) => boolean
  decision: { revision: number; how: 'continue' | 'over' } | null
  decide: (decision: CopyGuard['decision']) => void
  refresh: () => void
}
/**
 * The present working copy and the decision on it. Not asked for while `enabled` is false (not a saving of text, or
 * no right to it).
 */
export function useCopyGuard(id: string, enabled: boolean): CopyGuard {
  const query = useQuery({
    // Apart from the editor's own, which must stay what it began on.
    queryKey: ['working-copy-seen', id],
    queryFn: async () => {
      // What was written in the editor a moment ago may still be on its way.
      await arrived(id)
      return get<WorkingCopy | null>(workingCopyPath(id))
    },
    enabled,
    gcTime: 0,
    refetchOnMount: 'always',
    retry: false,
  })
  const [decision, decide] = useState<CopyGuard['decision']>(null)
  const copy = query.data ?? null
  const seen = (body: string): boolean =>
    copy !== null && (decision?.revision === copy.revision || copy.body.trimEnd() === body.trimEnd())
  return {
    copy,
    revisionFor: (body) => (enabled ? (copy !== null && seen(body) ? copy.revision : 0) : undefined),
    undecided: (body) => copy !== null && !seen(body),
    decision,
    decide,
    refresh: () => void query.refetch(),
  }
}

export function WorkingCopyNote({
  guard,
  documentId,
  body,
  problem,
  onContinue,
}: {
  guard: CopyGuard
  documentId: string
  body: string
  problem: Problem | null
  /** Takes the words of the working copy into the form; not given by a form that cannot take them. */
  onContinue?: (copy: WorkingCopy) => void
}) {
  const { copy, decision, decide, refresh } = guard
  const stale = problem?.code === 'stale_working_copy'
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer of the server
  useEffect(() => {
    if (stale) refresh()
  }, [problem])
  if (copy === null) return null
  const over = decision?.how === 'over' && decision.revision === copy.revision
  if (!over && !guard.undecided(body)) return null
  return (
    <div className="note note-warn" role="status" data-testid="working-copy">
      <p>
        <b>
          {`${copy.byName}在编辑器里存有工作稿（${momentOf(copy.at)} 自动保存${copy.basedOn ? `，在第${copy.basedOn}版上修改` : ''}），还没有保存为正式文本。`}
        </b>
        在这里另行保存，工作稿就不再保留。
      </p>
      <details>
        <summary>看工作稿的文字</summary>
        <div className="pre preview-box">{copy.body}</div>
      </details>
      <div className="row">
        {onContinue ? (
          <Button
            size="small"
            type="primary"
            onClick={() => {
              onContinue(copy)
              decide({ revision: copy.revision, how: 'continue' })
            }}
          >
            从工作稿继续
          </Button>
        ) : null}
        <Link to="/documents/$id/edit" params={{ id: documentId }} className="link">
          到编辑器里接着改
        </Link>
      </div>
      <Checkbox
        checked={over}
        onChange={(event) => decide(event.target.checked ? { revision: copy.revision, how: 'over' } : null)}
      >
        已看过这份工作稿，不要它了，以这里的文字为准
      </Checkbox>
    </div>
  )
}
