// Whose turn it is: the rows of each matter are exactly those its last record in the ledger states.
import { type Run, recorded, shared, touched } from './verify-run.ts'

/** Forms this program writes: 0 not yet derived, 1. */
const forms = [0, 1]

export async function checkTurns(run: Run): Promise<void> {
  const { sql, count, fault, note } = run
  const [there] = await sql<{ there: boolean }[]>`select to_regclass('turns') is not null as there`
  if (!there?.there) return
  // A turn that says it began later is looked at whatever its matter's ledger says.
  const asked = sql`${shared(run, sql('m.id'))} and ${touched(
    run,
    'm.jurisdiction_id, m.id',
    sql`union select jurisdiction_id, matter_id from turns where ${recorded(run, 'since')}
        union select jurisdiction_id, id from matters where ${recorded(run, 'updated_at')}`,
  )}`
  let unproven = 0
  const cursor = sql<{ id: string; form: number; stated: unknown[] | null; rows: unknown[] }[]>`
    select m.id, m.turn_form as form, e.body -> 'turns' as stated, coalesce((
        select jsonb_agg(jsonb_build_array(t.command, t.role, t.unit, t.count,
          to_char(t.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), t.asked_by, t.not_before, t.due_on)
          || case when t.names is null then '[]'::jsonb else jsonb_build_array(t.names) end
          order by t.command collate "C", t.role collate "C", t.unit collate "C")
        from turns t where t.jurisdiction_id = m.jurisdiction_id and t.matter_id = m.id), '[]') as rows
    from matters m left join ledger_events e
      on e.jurisdiction_id = m.jurisdiction_id and e.matter_id = m.id and e.seq = m.ledger_seq
    where ${asked}`.cursor(500)
  const text = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort()
  for await (const rows of cursor)
    for (const row of rows) {
      count('turns')
      if (!forms.includes(row.form) || (row.stated !== null && row.form === 0))
        fault('turns', row.id, `案卷 ${row.id} 轮到谁的推算形式被改动`)
      if (row.stated === null) unproven += 1
      else if (text(row.stated).join('\n') !== text(row.rows).join('\n'))
        fault('turns', row.id, `案卷 ${row.id} 轮到谁与台账最后一条所记不同，被改动`)
    }
  // A filing is waited for by the unit that made the document, unless another installation sent it.
  const waiting = sql`case when m.process = 'filing-review' and m.snapshot #>> '{context,dossier,exchange,side}' is distinct from 'receiver'
    then m.snapshot #>> '{context,dossier,document,draftingUnit}' else m.unit end`
  const [ordered] = await sql<{ there: boolean }[]>`
    select exists (select from information_schema.columns where table_name = 'turns' and column_name = 'presses_on') as there`
  const astray = ordered?.there
    ? await sql<{ id: string }[]>`
    select distinct t.matter_id as id from turns t join matters m on m.jurisdiction_id = t.jurisdiction_id and m.id = t.matter_id
    where ${asked} and (t.process, t.stage, t.business_of, t.opened_by, t.next_due_on) is distinct from (m.process, m.stage, ${waiting}, m.opened_by, m.next_due_on)`
    : []
  for (const { id } of astray) fault('turns', id, `案卷 ${id} 在待办里的阶段、单位、期限与案卷本身不同，被改动`)
  const strays = await sql<{ id: string }[]>`
    select distinct t.matter_id as id from turns t
    where ${shared(run, sql('t.matter_id'))} and not exists (select from matters m where m.jurisdiction_id = t.jurisdiction_id and m.id = t.matter_id)`
  for (const { id } of strays) fault('turns', id, `有轮到谁的记录，而没有案卷 ${id}`)
  if (unproven > 0)
    note('有 {n} 件案卷最后一次办理在台账记下轮到谁之前：由升级时推算，到下一次办理以后才受核对', unproven)
}
