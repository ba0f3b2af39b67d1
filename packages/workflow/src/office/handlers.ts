// How each act of the office is carried out. Conditions of law and state are rules; here stands only what is checked
// against the payload itself or against the existence of a record, and what is written.

import { randomUUID } from 'node:crypto'
import { type ActEvent, actKey, eventsOf, type KnownFact, latestFacts } from '@dianzhang/acts'
import { addDays } from '@dianzhang/calendar'
import { actLevelLabels, type OfficeCommand, type OfficePayload } from '@dianzhang/contract'
import { and, eq, inArray, lt, not, schema } from '@dianzhang/database'
import { formatDocumentNumber } from '@dianzhang/numbering'
import type { OfficeResolved, OfficeShape } from '@dianzhang/processes'
import { registeredActs } from '@dianzhang/register'
import { articleKey, articlesOf } from '@dianzhang/text'
import { sampleHandler } from '../audit/sample-act.ts'
import { nextSeqs } from '../commands/numbering.ts'
import type { CommandContext, Handler, WriteContext } from '../door/desk.ts'
import { saveExchangePeer } from '../exchange/peers.ts'
import { invalid, notFound } from '../failures.ts'
import { insertHolidayNotice } from '../holiday-rows.ts'
import { checksOf } from '../impact-check/open-checks.ts'
import { judgeMandate } from '../mandates/handler.ts'
import { releaseHeld } from '../notices/held.ts'
import { urgeHandler, writeReminders } from '../notices/urge.ts'
import { rotateWebhook, saveWebhook } from '../notices/webhooks.ts'
import { derivedId, type Send } from '../outbox.ts'
import { createUser } from '../people/accounts.ts'
import { ensureCurrentBodies } from '../people/ensure-bodies.ts'
import { recordOfficeAct } from '../people/office-acts.ts'
import { resendCommand } from '../resend/handler.ts'
import { confirmLostNumbers } from '../restoration.ts'
import { dayOutsideYear, noticeName } from './holidays.ts'
import {
  approveRevision,
  confirmParameter,
  declineRevision,
  proposeRevision,
  revisePackHandler,
} from './pack-revisions.ts'
import { secrets } from './secrets.ts'

type Context = CommandContext<OfficeShape>
type Writing = WriteContext<OfficeShape>
type For<T extends OfficeCommand> = Handler<OfficeShape, OfficePayload<T>>
const {
  acts,
  authAccounts,
  authSessions,
  authUsers,
  bodies,
  delegations,
  expiryAlerts,
  numbers,
  people,
  personRoles,
  units,
  validityAnswers,
} = schema
const by = (c: Context) => c.as.person ?? 'system'
const nameOf = (c: Context): string => (c.actor.kind === 'person' ? c.actor.name : '系统')
const record = (
  c: Writing,
  kind: Parameters<typeof recordOfficeAct>[3],
  subject: string,
  detail: object,
  why: string,
) =>
  recordOfficeAct(
    c.tx,
    c.office,
    { jurisdiction: c.jurisdiction, person: c.as.person ?? 'cli' },
    kind,
    subject,
    detail as Record<string, unknown>,
    why,
  )
const requireUnits = (c: Context, wanted: Array<[path: string, id: string]>): void => {
  const missing = wanted.filter(([, id]) => !Object.hasOwn(c.units, id))
  if (missing.length > 0) throw invalid(...missing.map(([path]): [string, string] => [path, '没有这个单位']))
}

const reserveNumber: For<'ReserveNumber'> = {
  allocate: async (c, p) => {
    const series = c.facts.state.prefix?.code ?? ''
    const year = Number(c.on.slice(0, 4))
    const [seq = 0] = await nextSeqs(c.tx, c.jurisdiction, [{ series, year, kind: 'document' }])
    return { series, year, seq, text: formatDocumentNumber({ prefix: series, year, seq }), expiresOn: p.expiresOn }
  },
  write: async (c, p, number) => {
    const { series, year, seq, text } = number as { series: string; year: number; seq: number; text: string }
    await c.tx.insert(numbers).values({
      jurisdictionId: c.jurisdiction,
      series,
      year,
      seq,
      kind: 'document',
      text,
      status: 'reserved',
      documentId: null,
      at: c.now,
      by: by(c),
      reservedFor: p.purpose,
      expiresOn: p.expiresOn,
    })
    return { result: { text, series, year, seq, expiresOn: p.expiresOn } }
  },
  ledger: (p, number) => ({ ...p, number: number.text }),
}
const releaseReservation: For<'ReleaseReservation'> = {
  resolve: ({ facts }, { number, approver }) => {
    if (!facts.state.reservation) throw notFound(`预留号${number}`)
    if (!facts.state.approver)
      throw invalid(['approver', `批准人“${approver}”不是名册中的在职人员，请从名册中选定具体的人`])
    return {}
  },
  write: async (c, { number, reason, approver }) => {
    await c.tx
      .update(numbers)
      .set({ status: 'void', voidReason: reason, voidApprover: approver, voidedAt: c.now })
      .where(and(eq(numbers.jurisdictionId, c.jurisdiction), eq(numbers.text, number), eq(numbers.status, 'reserved')))
    return { result: { text: number } }
  },
}
const raiseAlerts: For<'RaiseExpiryAlerts'> = {
  write: async (c, { alerts }) => {
    await c.tx
      .insert(expiryAlerts)
      .values(
        alerts.map((x) => ({
          jurisdictionId: c.jurisdiction,
          entryId: x.entry,
          validUntil: x.validUntil,
          months: x.months,
          dueOn: x.dueOn,
          raisedAt: c.now,
          ownerUnit: x.unit,
          ownerRole: x.role,
        })),
      )
      .onConflictDoNothing()
    return { result: { raised: alerts.length } }
  },
}
const confirmValidity: For<'ConfirmValidity'> = {
  resolve: async (c, p) => {
    const { registerEntries: e } = schema
    const [row] = await c.tx
      .select({ id: e.id })
      .from(e)
      .where(and(eq(e.jurisdictionId, c.jurisdiction), eq(e.id, p.entry)))
    if (!row) throw invalid(['entry', '登记库中没有这件文件'])
    return {}
  },
  write: async (c, p) => {
    const { registerEntries: e } = schema
    await c.tx.insert(validityAnswers).values({
      jurisdictionId: c.jurisdiction,
      entryId: p.entry,
      validUntil: p.until ?? null,
      quote: p.quote ?? null,
      by: by(c),
      at: c.now,
    })
    if (p.until !== undefined)
      await c.tx
        .update(e)
        .set({ validUntil: p.until })
        .where(and(eq(e.jurisdictionId, c.jurisdiction), eq(e.id, p.entry)))
    return { result: { entry: p.entry, validUntil: p.until ?? null } }
  },
}
const expireReservations: For<'ExpireReservations'> = {
  allocate: async (c, { through }) => {
    const rows = await c.tx
      .update(numbers)
      .set({ status: 'void', voidReason: '预留到期未使用', voidApprover: '系统', voidedAt: c.now })
      .where(
        and(eq(numbers.jurisdictionId, c.jurisdiction), eq(numbers.status, 'reserved'), lt(numbers.expiresOn, through)),
      )
      .returning({ text: numbers.text })
    return { numbers: rows.map((row) => row.text).toSorted() }
  },
  write: (_c, _p, r) => ({ result: { voided: (r.numbers as string[]).length } }),
  ledger: (p, r) => ({ ...p, numbers: r.numbers }),
}

const recordHolidayNotice: For<'RecordHolidayNotice'> = {
  resolve: (_c, p) => {
    const fault = dayOutsideYear(p)
    if (fault) throw invalid(fault)
    return {}
  },
  write: async (c, p) => {
    const days = p.days.map((d) => ({ date: d.date, kind: d.kind, name: d.name, source: d.source ?? p.source }))
    const { id, jurisdiction, year, source } = p
    await insertHolidayNotice(c.tx, { id, jurisdiction, year, source, days, by: by(c), at: c.now })
    return { result: { id, year, days: days.length } }
  },
  renewsClocks: ({ id, jurisdiction }) => ({ jurisdiction, because: noticeName(id) }),
}

const grantDelegation: For<'GrantDelegation'> = {
  resolve: (c, p) => {
    const unit = p.unit ?? (c.actor.kind === 'person' ? c.actor.unit : '')
    requireUnits(c, [['unit', unit]])
    return { unit, startsOn: p.startsOn ?? c.on }
  },
  write: async (c, p, r) => {
    const id = randomUUID()
    const startsOn = String(r.startsOn)
    await c.tx.insert(delegations).values({
      jurisdictionId: c.jurisdiction,
      id,
      fromPersonId: by(c),
      toPersonId: p.toPerson,
      unitId: String(r.unit),
      role: p.role,
      startsOn,
      endsOn: p.endsOn,
      reason: p.reason,
      createdAt: c.now,
    })
    return { result: { id, startsOn, endsOn: p.endsOn } }
  },
  ledger: (p, r) => ({ ...p, unit: r.unit, startsOn: r.startsOn }),
}
const revokeDelegation: For<'RevokeDelegation'> = {
  resolve: ({ facts }) => {
    if (!facts.state.delegation) throw notFound('这项委托')
    return {}
  },
  write: async (c, { delegation }) => {
    await c.tx
      .update(delegations)
      .set({ revokedAt: c.now })
      .where(and(eq(delegations.jurisdictionId, c.jurisdiction), eq(delegations.id, delegation)))
    return { result: { id: delegation, revokedAt: c.at } }
  },
}

const saveUnit: For<'SaveUnit'> = {
  resolve: (c, p) => {
    if (p.seen && !c.facts.state.unit?.before) throw notFound('这个单位')
    if (p.parent) {
      if (!Object.hasOwn(c.units, p.parent)) throw invalid(['parent', '没有这个上级单位'])
    }
    if (p.eligible && !p.eligibleSince) throw invalid(['eligibleSince', '列入制定主体清单，须写明清单公布日期'])
    if (p.eligibleSince && p.eligibleUntil && p.eligibleUntil < p.eligibleSince)
      throw invalid(['eligibleUntil', '移出日期不得早于列入日期'])
    return {}
  },
  write: async (c, p) => {
    const before = c.facts.state.unit?.before
    const values = {
      name: p.name,
      kind: p.kind,
      parentId: p.parent || null,
      eligible: p.eligible,
      eligibleSince: p.eligibleSince ?? null,
      eligibleUntil: p.eligibleUntil ?? null,
      areaCode: p.areaCode || null,
      bodyCode: p.bodyCode || null,
    }
    if (before)
      await c.tx
        .update(units)
        .set(values)
        .where(and(eq(units.jurisdictionId, c.jurisdiction), eq(units.id, p.id)))
    else
      await c.tx
        .insert(units)
        .values({ jurisdictionId: c.jurisdiction, id: p.id, sort: Object.keys(c.units).length, ...values })
    await ensureCurrentBodies(c.office, c.tx, c.jurisdiction)
    const detail = { ...values, ...(before ? { before: { name: before.name, eligible: before.eligible } } : {}) }
    await record(c, before ? 'unit_changed' : 'unit_added', p.id, detail, p.reason)
    return { result: { id: p.id } }
  },
  ledger: ({ seen: _, ...rest }) => rest,
}
const publishIssuerList: For<'PublishIssuerList'> = {
  resolve: (c, p) => {
    requireUnits(
      c,
      p.units.map((unit, i) => [`units.${i}`, unit]),
    )
    return {}
  },
  write: async (c, p) => {
    const own = eq(units.jurisdictionId, c.jurisdiction)
    // Those who stood on the list before keep their first day.
    await c.tx
      .update(units)
      .set({ eligible: true, eligibleSince: p.publishedOn, eligibleUntil: null })
      .where(and(own, inArray(units.id, p.units), eq(units.eligible, false)))
    const gone = await c.tx
      .update(units)
      .set({ eligible: false, eligibleUntil: addDays(p.publishedOn, -1) })
      .where(and(own, not(inArray(units.id, p.units)), eq(units.eligible, true)))
      .returning({ id: units.id })
    return { result: { listed: p.units.length, removed: gone.map((row) => row.id) } }
  },
}

type PostOf = OfficePayload<'ChangePosts'>['posts']
const postsForRecord = (list: ReadonlyArray<{ role: string; unit: string; endsOn?: string | null | undefined }>) =>
  list.map((post) => ({ role: post.role, unit: post.unit, ...(post.endsOn ? { endsOn: post.endsOn } : {}) }))
const postUnits = (list: PostOf): Array<[string, string]> => list.map((post, i) => [`posts.${i}.unit`, post.unit])

const savePerson: For<'SavePerson'> = {
  resolve: (c, p) => {
    requireUnits(c, [['unit', p.unit], ...postUnits(p.posts)])
    return {}
  },
  write: async (c, p) => {
    const username = p.username.toLowerCase()
    const { person } = await createUser(c.tx, {
      jurisdiction: c.jurisdiction,
      username,
      name: p.name,
      unit: p.unit,
      posts: p.posts.map(({ role, unit, startsOn, endsOn }) => ({
        role,
        unit,
        startsOn: startsOn ?? undefined,
        endsOn: endsOn ?? undefined,
      })),
      // Without a password nobody signs in until an administrator gives one.
      passwordHash: secrets.take(c.commandId) ?? `none:${randomUUID()}`,
      mustChangePassword: true,
      email: p.email,
      at: c.now,
    })
    const detail = { name: p.name, username, unit: p.unit, posts: postsForRecord(p.posts) }
    await record(c, 'person_added', person, detail, p.reason)
    return { result: { person, username } }
  },
  ledger: ({ email: _, ...rest }) => rest,
}
const known = (c: Context): OfficeResolved => {
  if (!c.facts.state.person) throw notFound('这名人员')
  return {}
}
const userOf = async (c: Context, person: string): Promise<string> => {
  const [found] = await c.tx
    .select({ userId: people.userId })
    .from(people)
    .where(and(eq(people.jurisdictionId, c.jurisdiction), eq(people.id, person)))
  return found?.userId ?? ''
}
/** The account's sessions end with it: who was suspended or got a new password does not go on with the old one. */
const endSessions = (c: Context, userId: string) => c.tx.delete(authSessions).where(eq(authSessions.userId, userId))

const changePosts: For<'ChangePosts'> = {
  resolve: (c, p) => {
    known(c)
    requireUnits(c, postUnits(p.posts))
    return {}
  },
  write: async (c, p) => {
    const own = and(eq(personRoles.jurisdictionId, c.jurisdiction), eq(personRoles.personId, p.person))
    await c.tx.delete(personRoles).where(own)
    await c.tx.insert(personRoles).values(
      p.posts.map((post) => ({
        jurisdictionId: c.jurisdiction,
        personId: p.person,
        unitId: post.unit,
        role: post.role,
        startsOn: post.startsOn ?? null,
        endsOn: post.endsOn ?? null,
      })),
    )
    const { person } = c.facts.state
    const before = (person?.posts ?? []).toSorted((a, b) => (`${a.unit} ${a.role}` < `${b.unit} ${b.role}` ? -1 : 1))
    const detail = { name: person?.name, before: postsForRecord(before), after: postsForRecord(p.posts) }
    await record(c, 'posts_changed', p.person, detail, p.reason)
    return { result: { person: p.person, posts: p.posts } }
  },
}
const setActive = (active: boolean): For<'DisableAccount'> => ({
  resolve: known,
  write: async (c, p) => {
    const { person } = c.facts.state
    if (person?.active !== active) {
      await c.tx
        .update(people)
        .set({ active })
        .where(and(eq(people.jurisdictionId, c.jurisdiction), eq(people.id, p.person)))
      if (!active) await endSessions(c, await userOf(c, p.person))
      await record(c, active ? 'person_enabled' : 'person_disabled', p.person, { name: person?.name }, p.reason)
    }
    return { result: { person: p.person, active } }
  },
})
const resetPassword: For<'ResetPassword'> = {
  resolve: known,
  write: async (c, p) => {
    const hash = secrets.take(c.commandId)
    if (hash === undefined) throw invalid(['person', '新的密码只在“人员与单位”页面给出，请在那里重置'])
    const userId = await userOf(c, p.person)
    await c.tx
      .update(authAccounts)
      .set({ password: hash, updatedAt: c.now })
      .where(and(eq(authAccounts.userId, userId), eq(authAccounts.providerId, 'credential')))
    await c.tx.update(authUsers).set({ mustChangePassword: true }).where(eq(authUsers.id, userId))
    await endSessions(c, userId)
    const name = c.facts.state.person?.name
    await record(c, 'password_reset', p.person, { name }, p.reason)
    return { result: { person: p.person, name } }
  },
}

const saveBody: For<'SaveBody'> = {
  resolve: (c, p) => {
    const wrong: Array<[string, string]> = []
    if (p.id !== undefined) {
      if (!c.facts.state.body?.before) throw notFound('这个会议或者机构')
    } else {
      if (!p.name) wrong.push(['name', '必须填写'])
      if (!p.kind) wrong.push(['kind', '写明是会议还是审核机构'])
      if (!p.unit) wrong.push(['unit', '必须填写'])
      else if (!Object.hasOwn(c.units, p.unit)) wrong.push(['unit', '没有这个单位'])
      if (p.kind === 'meeting' && !p.form) wrong.push(['form', '须写明会议的种类'])
      if (p.kind === 'review' && !p.seat) wrong.push(['seat', '须写明审核机构设在哪个单位'])
    }
    if (p.seat && !Object.hasOwn(c.units, p.seat)) wrong.push(['seat', '没有这个单位'])
    if (wrong.length > 0) throw invalid(...wrong)
    return {}
  },
  write: async (c, p) => {
    if (p.id === undefined) {
      const id = randomUUID()
      const values = {
        name: p.name ?? '',
        kind: p.kind ?? 'meeting',
        unitId: p.unit ?? '',
        form: p.kind === 'meeting' ? (p.form ?? null) : null,
        seatId: p.kind === 'review' ? (p.seat ?? null) : null,
      }
      await c.tx.insert(bodies).values({ jurisdictionId: c.jurisdiction, id, sort: 1000, ...values })
      await record(c, 'body_added', id, values, p.reason)
      return { result: { id } }
    }
    const own = and(eq(bodies.jurisdictionId, c.jurisdiction), eq(bodies.id, p.id))
    const [before] = await c.tx.select().from(bodies).where(own)
    if (!before) throw notFound('这个会议或者机构')
    const meeting = before.kind === 'meeting'
    const next = {
      name: p.name ?? before.name,
      form: meeting ? (p.form ?? before.form) : null,
      seatId: meeting ? null : (p.seat ?? before.seatId),
      active: p.active ?? before.active,
    }
    await c.tx.update(bodies).set(next).where(own)
    await record(c, 'body_changed', p.id, next, p.reason)
    return { result: { id: p.id, active: next.active, name: next.name } }
  },
  ledger: ({ seen: _, ...rest }) => rest,
}
const confirmNumbers: For<'ConfirmNumbers'> = {
  write: async (c, p) => ({
    result: await confirmLostNumbers(c.office, c.tx, c.jurisdiction, { person: by(c), name: nameOf(c) }, p),
  }),
}

const actRows = (c: Context, list: OfficePayload<'ImportActs'>['acts']) =>
  list.map((act, i) => ({
    jurisdictionId: c.jurisdiction,
    id: derivedId(c.commandId, 'act', String(i)),
    title: act.title,
    documentNumber: act.documentNumber ?? null,
    issuers: act.issuers,
    publishedOn: act.publishedOn,
    effectiveDate: act.effectiveDate,
    status: act.status,
    statusSince: act.statusSince ?? null,
    source: act.source,
    knownFrom: c.now,
    by: by(c),
    level: act.level ? actLevelLabels[act.level] : null,
    aliases: act.aliases?.length ? act.aliases : null,
    articles: act.articles?.length ? articleKeys(act.articles) : null,
    commencement: act.commencement?.length
      ? act.commencement.map(({ articles, effectiveDate }) => ({ articles: articleKeys(articles), effectiveDate }))
      : null,
    replacedBy: act.replacedBy ?? null,
    corrects: act.corrects ?? null,
    key: actKey(act.title),
  }))
const articleKeys = (written: readonly string[]): string[] => [
  ...new Set(written.flatMap((one) => (one.includes('至') ? articlesOf([one]) : (articleKey(one) ?? [])))),
]
const datesOf = (list: OfficePayload<'ImportActs'>['acts'], path: (i: number) => string): void => {
  const wrong = list.flatMap(
    (act, i): Array<[string, string]> => [
      ...(act.effectiveDate < act.publishedOn
        ? [[`${path(i)}effectiveDate`, '施行日期不得早于公布日期'] as [string, string]]
        : []),
      ...(act.status !== 'in_force' && !act.statusSince
        ? [[`${path(i)}statusSince`, '修改、废止、失效的，写明自何日起'] as [string, string]]
        : []),
      ...(act.statusSince && act.statusSince < act.publishedOn
        ? [[`${path(i)}statusSince`, '修改、废止、失效之日不得早于公布日期'] as [string, string]]
        : []),
      ...(act.articles ?? []).flatMap(
        (one, n): Array<[string, string]> =>
          articleKeys([one]).length === 0
            ? [[`${path(i)}articles.${n}`, `“${one}”看不出是第几条；请写成“第十二条”`]]
            : [],
      ),
      ...(act.commencement ?? []).flatMap(
        ({ articles, effectiveDate }, n): Array<[string, string]> => [
          ...(effectiveDate < act.publishedOn
            ? [[`${path(i)}commencement.${n}.effectiveDate`, '施行日期不得早于公布日期'] as [string, string]]
            : []),
          ...articles.flatMap(
            (one, m): Array<[string, string]> =>
              articleKeys([one]).length === 0
                ? [[`${path(i)}commencement.${n}.articles.${m}`, `“${one}”看不出是第几条；请写成“第十二条”`]]
                : [],
          ),
        ],
      ),
    ],
  )
  if (wrong.length > 0) throw invalid(...wrong)
}
/** What the facts change, and which documents are to be checked for it. Taken before the rows are written. */
async function changes(c: Writing, list: OfficePayload<'ImportActs'>['acts']): Promise<Send[]> {
  let before = await registeredActs(c.tx, c.jurisdiction)
  const events: ActEvent[] = []
  for (const row of actRows(c, list)) {
    const fact: KnownFact = {
      ...row,
      knownFrom: row.knownFrom.toISOString(),
      status: row.status,
      aliases: row.aliases ?? [],
      articles: row.articles ?? [],
      commencement: row.commencement ?? [],
    }
    for (const event of eventsOf(fact, before)) {
      const same = events.find((one) => one.key === event.key)
      // Both its old and its new version say it: what either knows of the articles.
      if (same) same.articles = same.articles.length > 0 ? same.articles : event.articles
      else events.push(event)
    }
    before = latestFacts([fact, ...before])
  }
  return checksOf(c.tx, c.jurisdiction, events, c.on)
}
const registerAct: For<'RegisterAct'> = {
  resolve: (_c, p) => {
    datesOf([p], () => '')
    return {}
  },
  write: async (c, p) => {
    const rows = actRows(c, [p])
    await c.tx.insert(acts).values(rows)
    return { result: { id: rows[0]?.id } }
  },
  sends: (c, p) => changes(c, [p]),
}
const importActs: For<'ImportActs'> = {
  resolve: (_c, p) => {
    datesOf(p.acts, (i) => `acts.${i}.`)
    return {}
  },
  write: async (c, p) => {
    const rows = actRows(c, p.acts)
    for (let from = 0; from < rows.length; from += 500) await c.tx.insert(acts).values(rows.slice(from, from + 500))
    return { result: { registered: p.acts.length } }
  },
  sends: (c, p) => changes(c, p.acts),
  ledger: (p) => ({ source: p.source, count: p.acts.length, titles: p.acts.map((act) => act.title) }),
}

const all: { [T in OfficeCommand]: For<T> } = {
  ReserveNumber: reserveNumber,
  ReleaseReservation: releaseReservation,
  ExpireReservations: expireReservations,
  RevisePack: revisePackHandler,
  ProposeRevision: proposeRevision,
  ApproveRevision: approveRevision,
  DeclineRevision: declineRevision,
  ConfirmParameter: confirmParameter,
  RecordHolidayNotice: recordHolidayNotice,
  GrantDelegation: grantDelegation,
  RevokeDelegation: revokeDelegation,
  SaveUnit: saveUnit,
  PublishIssuerList: publishIssuerList,
  SavePerson: savePerson,
  ChangePosts: changePosts,
  DisableAccount: setActive(false),
  EnableAccount: setActive(true),
  ResetPassword: resetPassword,
  SaveBody: saveBody,
  ConfirmNumbers: confirmNumbers,
  RaiseExpiryAlerts: raiseAlerts,
  ConfirmValidity: confirmValidity,
  RegisterAct: registerAct,
  ImportActs: importActs,
  JudgeMandate: judgeMandate,
  SampleFiles: sampleHandler,
  ResendCommand: resendCommand,
  UrgeTurn: urgeHandler,
  RemindTurns: {
    write: async (c, { reminders }) => {
      await writeReminders(
        c,
        reminders.map(({ matter, since, ...x }) => ({
          ...x,
          matterId: matter,
          kind: 'rung',
          since: new Date(since),
          by: null,
          words: null,
        })),
      )
      return { result: { reminded: reminders.length } }
    },
    ledger: ({ reminders }) => ({ count: reminders.length }),
  },
  SaveWebhook: saveWebhook,
  RotateWebhook: rotateWebhook,
  SaveExchangePeer: saveExchangePeer,
  ReleaseNotices: {
    write: async (c, p) => ({
      result: { dropped: await releaseHeld(c.tx, c.jurisdiction, c.now, p.waiting) },
    }),
  },
}
/** No act depends on another's version: the office's stays as it is, so that nobody's form goes stale by another's act. */
export const officeHandlers = Object.fromEntries(
  Object.entries(all).map(([type, handler]) => [type, { ...handler, keepsVersion: true as const }]),
) as { [T in OfficeCommand]: For<T> }
