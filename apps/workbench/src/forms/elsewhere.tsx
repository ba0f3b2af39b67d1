// Something that does not belong to the present stage: in which stages, by whom and under which article it is done,
// and where this matter is now.
import { Link } from '@tanstack/react-router'
import type { Frame } from '../matter/frame.ts'
import { BasisText } from '../parts/verdicts.tsx'
import type { Chart } from '../types.ts'
import { roleName } from '../words.ts'

/** With `early` it can be filled in beforehand. */
export function Elsewhere({
  matter,
  command,
  chart,
  early = false,
}: {
  matter: Frame
  command: string
  chart: Chart | undefined
  early?: boolean
}) {
  const arrows = chart?.arrows.filter((arrow) => arrow.command === command) ?? []
  const stages = [...new Set(arrows.map((arrow) => matter.stageOf(arrow.from)))]
  const by = [...new Set(arrows.flatMap((arrow) => arrow.by))]
  const outer = (path: string): string => path.split('.')[0] ?? path
  const order = (path: string): number => chart?.stages.findIndex((stage) => stage.path === outer(path)) ?? -1
  const ahead = arrows.some((arrow) => order(arrow.from) > order(matter.stage))
  const basis = arrows.find((arrow) => arrow.basis)?.basis
  return (
    <div className="note note-warn" role="alert" data-testid="elsewhere">
      <p>
        “{matter.labelOf(command)}”
        {stages.length > 0 ? `在${stages.map((stage) => `“${stage}”`).join('、')}阶段办理，` : '现在不能办理，'}本
        {matter.noun}现在“{matter.stageLabel}”阶段，因此现在不能办理。
      </p>
      {by.length > 0 ? <p>由{by.map(roleName).join('、')}办理。</p> : null}
      {basis ? (
        <p>
          依据：
          <BasisText basis={basis} />
        </p>
      ) : null}
      <p>
        {early ? '现在提交会被拒绝，并说明还差什么。' : ''}
        {early && ahead ? '可以先填写，内容暂存在本机，到那时打开还在。' : ''}整个流程见
        <Link to={matter.place.page} params={{ id: matter.id }} search={{ tab: 'chart' }}>
          流程图
        </Link>
        。
      </p>
    </div>
  )
}
