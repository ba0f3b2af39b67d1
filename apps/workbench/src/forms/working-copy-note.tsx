// 保存文本之前的工作稿：有人在编辑器里改了而没有保存为正式文本的，先看过，再决定接着它改还是不要它。
import type { Problem } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import { useEffect, useState } from 'react'
import { get } from '../api.ts'
import { type WorkingCopy, workingCopyPath } from '../editor/use-working-copy.ts'
import { momentOf } from '../words.ts'

export interface CopyGuard {
  copy: WorkingCopy | null
  /** 随命令提交的号：看过并已决定的那一份；没有工作稿或者还没有决定的为 0，服务器再核对一次。 */
  revisionFor: (body: string) => number | undefined
  /** 还没有决定怎样处理工作稿。 */
  undecided: (body: string) => boolean
  decision: { revision: number; how: 'continue' | 'over' } | null
  decide: (decision: CopyGuard['decision']) => void
  refresh: () => void
}
/** 现有的工作稿与对它的决定；`enabled` 为假时（不是保存文本，或者无权）不问。 */
export function useCopyGuard(id: string, enabled: boolean): CopyGuard {
  const query = useQuery({
    // Apart from the editor's own, which must stay what it began on.
    queryKey: ['working-copy-seen', id],
    queryFn: () => get<WorkingCopy | null>(workingCopyPath(id)),
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
  /** 把工作稿的文字取到表单里来；不能取的表单不给。 */
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
