// The flow chart, drawn from the machine's own stages and arrows. The present place and the path taken are lit; a
// click shows the rules.
import { useQuery } from '@tanstack/react-query'
import {
  Background,
  BaseEdge,
  Controls,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  Handle,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js'
import { useEffect, useMemo, useState } from 'react'
import { optionTitle, titleOf } from '../forms/words.ts'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { cite } from '../parts/verdicts.tsx'
import { chartQuery, historyQuery } from '../queries.ts'
import type { Chart, HistoryEvent } from '../types.ts'
import { roleName } from '../words.ts'
import type { Frame } from './frame.ts'

type Arrow = Chart['arrows'][number]
interface Picture {
  nodes: Node[]
  edges: Edge[]
}
type Link = { from: string; to: string; arrows: Arrow[] }
interface Options {
  ends: boolean
  /** An arrow that goes back (returned, reopened and the like); always drawn once it has been taken. */
  back: boolean
  after: boolean
}
/** Several places at once (force, filing, archive). */
interface Regions {
  force: string
  filing: Record<string, string>
  archive: string
}
const elk = new ELK()
const edgeId = (from: string, to: string) => `${from}→${to}`

/**
 * Arrows between the same two stages become one line. An arrow that stays in place is not drawn, only listed in the
 * description.
 */
function linksOf(chart: Chart, shown: Set<string>): Link[] {
  const links = new Map<string, Link>()
  // A compound stage begins at its first inner stage.
  const inner = (path: string): string => {
    const stage = chart.stages.find((each) => each.path === path)
    return stage?.initial && shown.has(`${path}.${stage.initial}`) ? inner(`${path}.${stage.initial}`) : path
  }
  const visible = (path: string): string | null => {
    for (let at = path; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '')
      if (shown.has(at)) return at
    return null
  }
  for (const arrow of chart.arrows) {
    if (!arrow.to) continue
    const from = visible(arrow.from)
    const target = visible(arrow.to)
    if (!from || !target) continue
    const to = inner(target)
    if (from === to || to.startsWith(`${from}.`)) continue
    const id = edgeId(from, to)
    const link = links.get(id) ?? { from, to, arrows: [] }
    link.arrows.push(arrow)
    links.set(id, link)
  }
  return [...links.values()]
}
function travelled(events: HistoryEvent[]): { stages: Set<string>; steps: Set<string> } {
  const stages = new Set<string>()
  const steps = new Set<string>()
  let last: string | null = null
  for (const { stage } of events) {
    stages.add(stage)
    if (last !== null && last !== stage) steps.add(edgeId(last, stage))
    last = stage
  }
  return { stages, steps }
}
/** Folded at first because the chart is too large: the kinds of ending, and the regions after taking effect. */
const folded = (chart: Chart) => ({
  ends: chart.stages.some(({ path }) => path.startsWith('closed.')),
  after: chart.stages.some(({ path }) => path.startsWith('effective.')),
})
const siblings = ({ from, to }: Link) => from.startsWith('legality_review.') && to.startsWith('legality_review.')
async function draw(chart: Chart, options: Options, matter: Frame, events: HistoryEvent[]): Promise<Picture> {
  const stages = chart.stages.filter(
    ({ path }) =>
      (options.ends || !folded(chart).ends || !path.startsWith('closed')) &&
      (options.after || !path.startsWith('effective.')),
  )
  const shown = new Set(stages.map((stage) => stage.path))
  const { stages: seen, steps } = travelled(events)
  const order = new Map(chart.stages.map((stage, i) => [stage.path, i]))
  const links = linksOf(chart, shown).filter(
    (link) =>
      options.back ||
      steps.has(edgeId(link.from, link.to)) ||
      (order.get(link.from) ?? 0) < (order.get(link.to) ?? 0) ||
      link.from.startsWith('effective') ||
      siblings(link),
  )
  const parallel = matter.view.regions as Regions | null | undefined
  const regions = parallel
    ? [
        `effective.force.${parallel.force}`,
        ...Object.entries(parallel.filing).map(([track, status]) => `effective.filing.${track}.${status}`),
        `effective.archive.${parallel.archive}`,
      ]
    : []
  const present = new Set([matter.stage, ...regions])
  const children = new Map<string, ElkNode[]>()
  const parentOf = (path: string) => (path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '')
  for (const stage of [...stages].reverse()) {
    const inside = children.get(stage.path)
    const node: ElkNode = inside
      ? { id: stage.path, children: inside, layoutOptions: { 'elk.padding': '[top=38,left=16,bottom=16,right=16]' } }
      : {
          id: stage.path,
          width: Math.max(120, stage.label.length * 17 + (present.has(stage.path) ? 66 : 30)),
          height: 44,
        }
    const parent = parentOf(stage.path)
    children.set(parent, [node, ...(children.get(parent) ?? [])])
  }
  const text = (link: Link) => {
    const names = [...new Set(link.arrows.map((arrow) => arrow.label))]
    return names.length > 2 ? `${names[0]}等 ${names.length} 项` : names.join('、')
  }
  const graph = await elk.layout({
    id: 'root',
    children: children.get('') ?? [],
    edges: links.map((link) => ({
      id: edgeId(link.from, link.to),
      sources: [link.from],
      targets: [link.to],
      labels: [
        { id: `l:${edgeId(link.from, link.to)}`, text: text(link), width: text(link).length * 13.5 + 10, height: 18 },
      ],
    })),
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.nodePlacement.favorStraightEdges': 'true',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.layered.spacing.nodeNodeBetweenLayers': '22',
      'elk.layered.spacing.edgeNodeBetweenLayers': '14',
      'elk.spacing.nodeNode': '28',
      'elk.spacing.edgeNode': '16',
      'elk.spacing.edgeEdge': '10',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
      'elk.json.edgeCoords': 'ROOT',
      'elk.edgeLabels.placement': 'CENTER',
    },
  })
  const nodes: Node[] = []
  const place = (list: ElkNode[], parent: string | null) => {
    for (const node of list) {
      const stage = chart.stages.find((each) => each.path === node.id)
      const now = present.has(node.id)
      nodes.push({
        id: node.id,
        type: node.children?.length ? 'compound' : 'stage',
        position: { x: node.x ?? 0, y: node.y ?? 0 },
        width: node.width ?? 110,
        height: node.height ?? 40,
        style: { width: node.width ?? 110, height: node.height ?? 40 },
        data: {
          label: stage?.label ?? node.id,
          now,
          seen: seen.has(node.id) || [...seen].some((each) => each.startsWith(`${node.id}.`)),
          inside: now || [...present].some((each) => each.startsWith(`${node.id}.`)),
        },
        ...(parent ? { parentId: parent } : {}),
        draggable: false,
        connectable: false,
        ariaLabel: `${stage?.label ?? node.id}${now ? '，现在' : ''}`,
        domAttributes: { 'aria-roledescription': '阶段' },
      })
      if (node.children) place(node.children, node.id)
    }
  }
  place(graph.children ?? [], null)
  const labelOf = (path: string) => chart.stages.find((each) => each.path === path)?.label ?? path
  const edges = (graph.edges ?? []).map((edge: ElkExtendedEdge): Edge => {
    const section = edge.sections?.[0]
    const link = links.find((each) => edgeId(each.from, each.to) === edge.id)
    const lit = steps.has(edge.id)
    return {
      id: edge.id,
      source: link?.from ?? '',
      target: link?.to ?? '',
      type: 'routed',
      zIndex: lit ? 2 : 1,
      ariaLabel: link ? `由“${labelOf(link.from)}”到“${labelOf(link.to)}”：${text(link)}` : '',
      domAttributes: { 'aria-roledescription': '箭头' },
      data: {
        points: section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [],
        label: link ? text(link) : '',
        at: edge.labels?.[0],
        lit,
      },
    }
  })
  return { nodes, edges }
}

function StageNode({ data, selected }: NodeProps) {
  const { label, now, seen } = data as { label: string; now: boolean; seen: boolean }
  return (
    <div className={`flow-stage${now ? ' now' : seen ? ' seen' : ''}${selected ? ' picked' : ''}`}>
      <Handle type="target" position={Position.Top} />
      {label}
      {now ? <small>现在</small> : null}
      <Handle type="source" position={Position.Bottom} />
    </div>
  )
}
function CompoundNode({ data, selected }: NodeProps) {
  const { label, inside } = data as { label: string; inside: boolean }
  return (
    <div className={`flow-compound${inside ? ' now' : ''}${selected ? ' picked' : ''}`}>
      <Handle type="target" position={Position.Top} />
      <b>{label}</b>
      <Handle type="source" position={Position.Bottom} />
    </div>
  )
}
function RoutedEdge({ id, data, selected }: EdgeProps) {
  const { points, label, at, lit } = data as {
    points: Array<{ x: number; y: number }>
    label: string
    at?: { x?: number; y?: number; width?: number }
    lit: boolean
  }
  if (points.length === 0) return null
  const path = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${point.x},${point.y}`).join(' ')
  const end = points.at(-1)
  const before = points.at(-2)
  const angle = end && before ? (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI : 90
  const colour = selected ? 'var(--red)' : lit ? 'var(--blue)' : 'var(--faint)'
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        style={{ stroke: colour, strokeWidth: lit || selected ? 2.5 : 1.2 }}
        interactionWidth={14}
      />
      {end ? (
        <path d="M0,0 L-8,-4 L-8,4 Z" fill={colour} transform={`translate(${end.x},${end.y}) rotate(${angle})`} />
      ) : null}
      {at?.x !== undefined && at.y !== undefined ? (
        <EdgeLabelRenderer>
          <span
            className={`flow-label${lit ? ' lit' : ''}`}
            style={{ transform: `translate(${at.x}px,${at.y}px)`, width: at.width }}
          >
            {label}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  )
}
/** What a screen reader is told of the library's own parts. */
const spoken = {
  'node.a11yDescription.default': '按回车或者空格看这个阶段',
  'node.a11yDescription.keyboardDisabled': '按回车或者空格看这个阶段',
  'edge.a11yDescription.default': '按回车或者空格看这个箭头的规则',
  'controls.ariaLabel': '缩放',
  'controls.zoomIn.ariaLabel': '放大',
  'controls.zoomOut.ariaLabel': '缩小',
  'controls.fitView.ariaLabel': '看全图',
  'controls.interactive.ariaLabel': '可否拖动',
  'minimap.ariaLabel': '全图',
  'handle.ariaLabel': '连接处',
}
/** The smallest letters, 13.5 px, are then 12 px. */
const readable = 0.9
const mapSize = { width: 288, height: 130 }
const mapColour = ({ type, data }: Node): string =>
  type === 'compound' ? 'var(--groove)' : data.now ? 'var(--red)' : data.seen ? 'var(--blue)' : 'var(--line-strong)'
/** Where the chart opens: of several places at once, at one of them, not in the middle of all. */
const opensAt = ({ nodes }: Picture, stage: string): string =>
  nodes.find(({ type, data, id }) => type !== 'compound' && data.now && id.startsWith(`${stage}.`))?.id ?? stage
const nodeTypes = { stage: StageNode, compound: CompoundNode }
const edgeTypes = { routed: RoutedEdge }

export function ChartTab({ matter }: { matter: Frame }) {
  const chart = useQuery(chartQuery(matter.process))
  const history = useQuery(historyQuery(matter.id, matter.place))
  const [options, setOptions] = useState<Options>({ ends: false, back: false, after: matter.stage === 'effective' })
  const [picture, setPicture] = useState<Picture | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [picked, setPicked] = useState<{ kind: 'stage' | 'link'; id: string } | null>({
    kind: 'stage',
    id: matter.stage,
  })
  useEffect(() => {
    if (!chart.data || !history.data) return
    let current = true
    draw(chart.data, options, matter, history.data).then(
      (made) => current && setPicture(made),
      (error: unknown) => current && setFailed(error),
    )
    return () => {
      current = false
    }
  }, [chart.data, history.data, options, matter])
  if (chart.isError) return <ErrorNote error={chart.error} retry={() => chart.refetch()} />
  if (failed) return <ErrorNote error={failed} />
  if (!picture || !chart.data) return <Loading />
  const isPicked = (kind: 'stage' | 'link', id: string): boolean => picked?.kind === kind && picked.id === id
  return (
    <div className="stack">
      <p className="row">
        <span>
          <i className="key key-now" /> 现在{'　'}
          <i className="key key-seen" /> 走过　点阶段或者箭头看规则
        </span>
        <label>
          <input
            type="checkbox"
            checked={options.back}
            onChange={(e) => setOptions({ ...options, back: e.target.checked })}
          />{' '}
          退回与重新开放
        </label>
        {folded(chart.data).after ? (
          <label>
            <input
              type="checkbox"
              checked={options.after}
              onChange={(e) => setOptions({ ...options, after: e.target.checked })}
            />{' '}
            施行之后的效力、备案、归档
          </label>
        ) : null}
        {folded(chart.data).ends ? (
          <label>
            <input
              type="checkbox"
              checked={options.ends}
              onChange={(e) => setOptions({ ...options, ends: e.target.checked })}
            />{' '}
            终止
          </label>
        ) : null}
      </p>
      <ReactFlowProvider key={`${options.after}${options.ends}${options.back}`}>
        <div className="flow">
          <div className="flow-canvas">
            <ReactFlow
              nodes={picture.nodes.map((node) => ({ ...node, selected: isPicked('stage', node.id) }))}
              edges={picture.edges.map((edge) => ({ ...edge, selected: isPicked('link', edge.id) }))}
              nodeTypes={nodeTypes}
              edgeTypes={edgeTypes}
              fitView
              // Opens at the present stage, large enough to read; the whole is beside it, and a button away.
              fitViewOptions={{
                nodes: [{ id: opensAt(picture, matter.stage) }],
                minZoom: readable,
                maxZoom: readable,
              }}
              minZoom={0.15}
              maxZoom={2}
              nodesConnectable={false}
              onNodeClick={(_, node) => setPicked({ kind: 'stage', id: node.id })}
              onEdgeClick={(_, edge) => setPicked({ kind: 'link', id: edge.id })}
              onKeyDown={({ key, target }) => {
                const part = (target as Element).closest('.react-flow__node, .react-flow__edge')
                const id = part?.getAttribute('data-id')
                if (part && id && (key === 'Enter' || key === ' '))
                  setPicked({ kind: part.matches('.react-flow__node') ? 'stage' : 'link', id })
              }}
              proOptions={{ hideAttribution: true }}
              ariaLabelConfig={spoken}
            >
              <Background gap={24} color="var(--groove)" />
              <Controls showInteractive={false} />
            </ReactFlow>
          </div>
          <div className="flow-beside">
            <div className="flow-map">
              <MiniMap pannable zoomable ariaLabel="全图" style={mapSize} nodeColor={mapColour} maskColor="#1c24301f" />
            </div>
            {picked ? <Explained chart={chart.data} picked={picked} matter={matter} /> : null}
          </div>
        </div>
      </ReactFlowProvider>
    </div>
  )
}
const within = (path: string | undefined, id: string | undefined) =>
  path !== undefined && id !== undefined && (path === id || path.startsWith(`${id}.`) || id.startsWith(`${path}.`))

function Explained({
  chart,
  picked,
  matter,
}: {
  chart: Chart
  picked: { kind: 'stage' | 'link'; id: string }
  matter: Frame
}) {
  const [from, to] = picked.id.split('→')
  const stage = chart.stages.find((each) => each.path === (picked.kind === 'stage' ? picked.id : from))
  const arrows = useMemo(
    () =>
      chart.arrows.filter((arrow) =>
        picked.kind === 'stage'
          ? arrow.from === picked.id
          : within(arrow.from, from) && within(arrow.to ?? undefined, to),
      ),
    [chart, picked, from, to],
  )
  const labelOf = (path: string) => {
    const known = matter.stageOf(path)
    return known !== path ? known : (chart.stages.find((each) => each.path === path)?.label ?? path)
  }
  return (
    <aside className="flow-side" aria-live="polite">
      <h3>{picked.kind === 'stage' ? labelOf(picked.id) : `${labelOf(from ?? '')} → ${labelOf(to ?? '')}`}</h3>
      {picked.kind === 'stage' && stage ? <p className="hint">依据：{cite(stage.basis)}</p> : null}
      {arrows.length === 0 ? <p className="quiet">没有从这里出发的箭头。</p> : null}
      {[...arrows]
        .sort((a, b) => Number(a.to === null) - Number(b.to === null))
        .map((arrow) => (
          <details key={arrow.id} open={picked.kind === 'link'}>
            <summary>
              {arrow.label}
              {arrow.to ? <small> → {labelOf(arrow.to)}</small> : <small>（留在原处）</small>}
            </summary>
            <p className="quiet">
              {arrow.by.length > 0 ? `由${arrow.by.map(roleName).join('、')}办理` : '条件具备即自动前行'}
              {arrow.when ? `；情形：${whenText(arrow, matter, chart.cases)}` : ''}
              {arrow.judgedAfter ? '；按办理之后的情形判断' : ''}；记为“{arrow.records}”
            </p>
            {arrow.rules.length > 0 ? (
              <ul className="lines">
                {arrow.rules.map((id) => {
                  const rule = chart.rules[id]
                  return rule ? (
                    <li key={id}>
                      {rule.title}
                      <span className="hint">{cite(rule.basis)}</span>
                    </li>
                  ) : null
                })}
              </ul>
            ) : (
              <p className="quiet">没有前提规则。</p>
            )}
          </details>
        ))}
    </aside>
  )
}
const valueWords: Record<string, string> = {
  lawful: '合法',
  revise: '应当予以修改',
  unlawful: '不合法',
  adopted: '通过',
  adopted_with_changes: '修改后通过',
  postponed: '暂缓',
  rejected: '不予通过',
  government: '政府',
  npc: '人大',
  none: '无',
  clauses: '部分条款的变动',
  passed: '通过',
  returned: '退回',
  amended: '修改',
  repealed: '废止',
  annulled: '撤销',
  lapsed: '失效',
  suspended: '停止执行',
  resumed: '恢复执行',
}
/**
 * The case of an arrow: names of fields and options come from the schema of its command; computed ones have words of
 * their own.
 */
const whenText = ({ command, when }: Arrow, matter: Frame, cases: Chart['cases']): string =>
  Object.entries(when ?? {})
    .map(([key, value]) => {
      const field = command === null ? undefined : matter.recorded(command, key)
      const name = field ? titleOf(field, key) : (cases[key] ?? key)
      if (value === true) return `“${name}”`
      if (value === false) return `并非“${name}”`
      const said = (each: unknown): string => {
        const own = optionTitle(field, String(each))
        return own !== String(each) ? own : (valueWords[own] ?? matter.stageOf(own))
      }
      return `${name}为${Array.isArray(value) ? value.map(said).join('或') : said(value)}`
    })
    .join('，')
