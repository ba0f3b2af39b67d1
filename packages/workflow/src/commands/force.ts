// Changes of force: amendment, repeal, annulment, declaring lapse, suspension and its end, revocation. A change made
// by a document stands and falls with that document.
import { and, asc, eq, or, schema, sql } from '@dianzhang/database'
import { appendForceEvent } from '@dianzhang/register'
import { type Act, ineffectiveOn, turnsOn } from '@dianzhang/rules'
import { invalid } from '../failures.ts'
import { decisionFilings } from '../filing-review/decisions.ts'
import { checksOf, ownEvent } from '../impact-check/open-checks.ts'
import { type Send, viaOf } from '../outbox.ts'
import type { Handler, WriteContext } from './handler.ts'

type ForceCommand =
  | 'AmendDocument'
  | 'RepealDocument'
  | 'AnnulDocument'
  | 'DeclareLapsed'
  | 'SuspendDocument'
  | 'ResumeDocument'
  | 'RestoreForce'
/** A change of force needs a ground: another published document, or a dated decision. */
export const forceChange: Handler<ForceCommand> = {
  resolve: async (c, p) => {
    if (c.actor.kind === 'system') return {}
    if (!p.byDocument && !p.decision) throw invalid(['byDocument', '须写明作出变动的文件或者决定'])
    if (p.byDocument) {
      const { registerEntries: e } = schema
      const [row] = await c.tx
        .select({ document: e.documentId })
        .from(e)
        .where(and(eq(e.jurisdictionId, c.jurisdiction), eq(e.id, p.byDocument)))
      if (!row) throw invalid(['byDocument', '登记库中没有这件文件；作出变动的文件须已经公布'])
      // The entry's id is not always that of its file: the file behind the entry is what counts.
      if (row.document === c.matterId) throw invalid(['byDocument', '不能由文件自身变动其效力'])
    }
    return {}
  },
  sends: async (c, p) => [...(await followers(c)), ...(await checksOfOthers(c, p)), ...(await decisionFilings(c))],
  write: async (c) => {
    const event = c.next.forceEvents.at(-1)
    if (event) await appendForceEvent(c.tx, c.jurisdiction, c.matterId, event)
    return { forceEvent: event }
  },
}
/**
 * Amendment, repeal, annulment and lapse are changes, too: every other document that rests on this one or cites it is
 * checked.
 */
async function checksOfOthers(c: WriteContext, p: { byDocument?: string | undefined }): Promise<Send[]> {
  const event = c.next.forceEvents.at(-1)
  if (!event || c.next.forceEvents.length === c.dossier.forceEvents.length) return []
  const kinds: Record<string, 'changed' | 'ended'> = {
    amended: 'changed',
    repealed: 'ended',
    annulled: 'ended',
    lapsed: 'ended',
  }
  const kind = kinds[event.kind]
  if (!kind) return []
  const document = { title: c.next.title, number: c.next.numbers?.document ?? null }
  const { registerEntries: e } = schema
  const [own] = await c.tx
    .select({ id: e.id })
    .from(e)
    .where(and(eq(e.jurisdictionId, c.jurisdiction), eq(e.documentId, c.matterId)))
  const except = [c.matterId, ...(own ? [own.id] : []), ...(p.byDocument ? [p.byDocument] : [])]
  return checksOf(c.tx, c.jurisdiction, [ownEvent(document, kind, event.on, event.reason)], c.on, { except })
}
/**
 * The force of this document has changed: the documents whose changes it made and which must now be revoked or take
 * effect again. Locks its own register entry first: whoever is acting on the strength of it finishes first and is
 * then seen as well. Files already passed through are not sent to again.
 */
async function followers(c: WriteContext): Promise<Send[]> {
  const { publication } = c.next
  if (!publication) return []
  const { registerEntries: e } = schema
  const here = eq(e.jurisdictionId, c.jurisdiction)
  const [own] = await c.tx
    .select({ id: e.id, title: e.title, number: e.documentNumber })
    .from(e)
    .where(and(here, eq(e.documentId, c.matterId)))
    .for('update')
  if (!own) return []
  const names = [...new Set([own.id, c.matterId])]
  const [changed, via] = await Promise.all([
    c.tx
      .select({ document: e.documentId, title: e.title, events: e.forceEvents })
      .from(e)
      .where(
        and(
          here,
          sql`${e.forceEvents} <> '[]'::jsonb`,
          or(...names.map((id) => sql`${e.forceEvents} @> ${JSON.stringify([{ byDocument: id }])}::jsonb`)),
        ),
      )
      .orderBy(asc(e.id)),
    c.actor.kind === 'system' ? viaOf(c.tx, c.jurisdiction, c.commandId) : ([] as string[]),
  ])
  const act: Act = {
    publishedOn: publication.publishedOn,
    effectiveDate: publication.effectiveDate,
    validUntil: publication.validUntil,
    events: c.next.forceEvents,
  }
  const name = `《${own.title}》${own.number ? `（${own.number}）` : ''}`
  return changed.flatMap(({ document, events }) =>
    document === null || document === c.matterId || via.includes(document)
      ? []
      : turnsOn(events, names, act).map(
          ({ event, takenBack }): Send => ({
            matter: document,
            command: {
              type: 'RestoreForce',
              event,
              byDocument: own.id,
              reason: takenBack
                ? `所依的${name}${ineffectiveOn(act, events[event - 1]?.on ?? c.on)?.why === 'annulled' ? '被撤销，自始无效' : '效力有变'}，第${event}项变动随之收回`
                : `所依的${name}效力有变，第${event}项变动重新生效`,
            },
          }),
        ),
  )
}
