// Notices: each act's rows are exactly those that its record in the ledger states: one for itself, one for every turn
// that began with it, and their number.
import { type Run, recorded, shared } from './verify-run.ts'

export async function checkNotices(run: Run): Promise<void> {
  const { sql, count, fault, names } = run
  const [there] = await sql<{ there: boolean }[]>`select to_regclass('notices') is not null as there`
  if (!there?.there) return
  // The acts of what is asked for, and those to which a notice of it belongs.
  const asked =
    run.since === null
      ? sql`true`
      : sql`(${recorded(run, 'at')} or (jurisdiction_id, matter_id, seq) in (
          select jurisdiction_id, matter_id, seq from notices where ${recorded(run, 'at')}))`
  const instant = sql.unsafe(`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`)
  const cursor = sql<
    {
      id: string
      seq: number
      told: number
      begun: unknown[]
      rows: Array<{
        kind: string
        turn: unknown[]
        id: string
        at: string
        by: string | null
        command: string
        event: string
      }>
      type: string
      at: string
      by: string | null
      command: string
    }[]
  >`
    select e.matter_id as id, e.seq, (e.body ->> 'told')::int as told, e.type, e.body ->> 'at' as at,
      e.body #>> '{actor,person}' as by, e.body #>> '{command,type}' as command,
      coalesce((select jsonb_agg(x - 8) from jsonb_array_elements(e.body -> 'turns') x where x ->> 4 = e.body ->> 'at'
          and x ->> 5 is not distinct from e.body #>> '{actor,person}'), '[]') as begun,
      coalesce((select jsonb_agg(jsonb_build_object('kind', n.kind, 'id', n.id, 'event', n.event, 'by', n.by, 'command', n.command,
          'at', to_char(n.at at time zone 'UTC', ${instant}),
          'turn', jsonb_build_array(n.command, n.role, n.unit, n.count, to_char(n.at at time zone 'UTC', ${instant}), n.by, n.not_before, n.due_on)))
        from notices n where n.jurisdiction_id = e.jurisdiction_id and n.matter_id = e.matter_id and n.seq = e.seq), '[]') as rows
    -- Which things a turn names (the ninth) is the turn's, not the notice's.
    -- Taken out of its compressed form once, not once for each thing that is read in it.
    from (select jurisdiction_id, matter_id, seq, type, body || '{}' as body from ledger_events where ${shared(run, names.matter)} and ${asked} offset 0) e
    where e.body ? 'told'`.cursor(500)
  for await (const acts of cursor)
    for (const act of acts) {
      count('notices')
      const own = act.rows.filter((row) => row.kind === 'moved')
      const turns = act.rows.filter((row) => row.kind === 'turn')
      const told = (rows: unknown[]) =>
        rows
          .map((row) => JSON.stringify(row))
          .sort()
          .join('\n')
      const itself = own.every(
        ({ id, at, by, command, event, turn }) =>
          id === `${act.id}:${act.seq}` &&
          at === act.at &&
          by === act.by &&
          command === act.command &&
          event === act.type &&
          JSON.stringify(turn.slice(1, 4)) === '["","",null]' &&
          turn[6] === null &&
          turn[7] === null,
      )
      const named = turns.every(
        ({ id, event, turn: [command, role, unit] }) =>
          id === `${act.id}:${act.seq}:${command}:${role}:${unit}` && event === act.type,
      )
      if (
        act.rows.length !== act.told ||
        own.length > 1 ||
        turns.length + own.length !== act.rows.length ||
        !itself ||
        !named ||
        told(act.begun) !== told(turns.map((row) => row.turn))
      )
        fault('notices', act.id, `案卷 ${act.id} 第 ${act.seq} 条台账的消息与台账所记不同，被改动`)
    }
  const strays = await sql<{ id: string }[]>`
    select n.id from notices n where ${shared(run, sql('n.matter_id'))} and ${recorded(run, 'n.at')} and not exists (
      select from ledger_events e where e.jurisdiction_id = n.jurisdiction_id and e.matter_id = n.matter_id and e.seq = n.seq and e.body ? 'told')`
  for (const { id } of strays) fault('notices', id, `消息 ${id} 没有对应的台账，是另外添加的`)
}
