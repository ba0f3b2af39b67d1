// The desk of filings at the receiving organ: opened by what the sender sends, or by the registrar for what was published and
// not sent. What is decided here reaches the sender's file as commands of the system.
import { type Attachment, actorRoleLabels, filingReview, type Tier, trackLabels } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import type { CommandManifest } from '@dianzhang/exchange'
import {
  decisionTitle,
  type FilingDossier,
  type FilingShape,
  filingRequireDue,
  filingReviews,
  isReturned,
  openedFiling,
  sentFromThere,
} from '@dianzhang/processes'
import { governmentOf, type UnitFact } from '@dianzhang/rules'
import { attachmentBytes, storeBlobs } from '../attachment-bytes.ts'
import type { Desk, DeskOpening, Handler, Permission, WriteContext } from '../door/desk.ts'
import { recomputing } from '../door/recompute.ts'
import { receivingPeer } from '../exchange/peers.ts'
import { type ExchangeSend, exchangeKind } from '../exchange/post.ts'
import { recipientsOf } from '../facts/load-facts.ts'
import { invalid } from '../failures.ts'
import type { Actor, Post } from '../office.ts'
import type { Send } from '../outbox.ts'
import { permitByRole as permit } from '../policies/permit-by-role.ts'
import { unitNamed } from '../units-from.ts'
import type { DecidedChange } from './decisions.ts'
import { entryOf, loadFilingFacts } from './facts.ts'
import { filedName } from './letters.ts'
import { sideOf } from './sides.ts'
import { filingView } from './view.ts'

type Payload = Record<string, unknown>
type Own = Handler<FilingShape, Payload>
type Write = WriteContext<FilingShape>
const { filingReviews: t, matters: m } = schema
const { process } = filingReviews

/** The issuer's own people, or the secretariat of the office of its government. */
function sends(post: Post, d: FilingDossier, units: Record<string, UnitFact>): string | null {
  if (d.document.issuers.includes(post.unit) || post.unit === d.document.draftingUnit) return null
  const government = governmentOf(units, d.document.issuers[0] ?? '')?.id
  const office = units[post.unit]?.kind === 'office' && (units[post.unit]?.parent ?? government) === government
  return office && post.role === 'secretariat'
    ? null
    : `须为制定机关${d.document.issuers.map((id) => units[id]?.name ?? id).join('、')}的人员或者其政府办公室文秘`
}

const plain: Own = {}
/**
 * What came from the sender's own file is not sent back to it; what another installation decided is. Where the file is in
 * the other installation, that one tells it.
 */
const tellsFile = (c: Write, p: Payload): boolean => {
  // A decision has no file of its own: the files of the documents that it changes tell nothing of its filing.
  if (c.dossier.decision) return false
  const side = c.dossier.exchange?.side
  if (side === 'receiver') return false
  return c.actor.kind !== 'system' || (side === 'sender' && sentFromThere(p) !== null)
}
/** A decision of the receiver that is carried into the sender's file. */
const tells = (command: (c: Write, p: Payload) => Array<{ type: string } & Payload>, more: Partial<Own> = {}): Own => ({
  sends: (c, p): Send[] =>
    tellsFile(c, p) ? command(c, p).map((one) => ({ matter: c.dossier.document.matter, command: one })) : [],
  ...more,
})
const told = (type: string, of: (p: Payload, c: Write) => Payload): Own =>
  tells((c, p) => [{ type, track: c.dossier.track, ...of(p, c) }])

interface Supplied {
  item: string
  note?: string
  file?: Attachment
}
const filesOf = (p: Payload) =>
  ((p.supplied ?? []) as Supplied[]).flatMap(({ item, file }, i) =>
    file ? [{ item, ...attachmentBytes(file, `supplied.${i}.file`) }] : [],
  )
/** Files go into the store of attachments by their digest; dossier and ledger keep name and digest only. */
const withoutContent = (p: Payload): Payload => ({
  ...p,
  ...(Array.isArray(p.supplied)
    ? { supplied: (p.supplied as Supplied[]).map(({ file, ...x }) => ({ ...x, ...(file ? { file: file.name } : {}) })) }
    : {}),
})

/** Uploaded materials: settled by digest, kept as blobs, named in the ledger without their content. */
const uploads: Own = {
  resolve: (_c, p) => ({
    // Between installations the files came with the package.
    files: sentFromThere(p)?.files ?? filesOf(p).map(({ item, meta: { name, sha256 } }) => ({ item, name, sha256 })),
  }),
  write: async (c, p) => {
    if (sentFromThere(p) === null) await storeBlobs(c, filesOf(p))
    return undefined
  },
  ledger: (p, r) => ({ ...withoutContent(p), files: r.files ?? [] }),
}
/** A decision annulled is void from the beginning: every change that it made is taken back. */
const takenBack = ({ dossier: { decision } }: Write, made: unknown): Send[] =>
  (decision?.changes ?? []).map(({ matter, event }) => ({
    matter,
    command: {
      type: 'RestoreForce',
      event,
      decision: made,
      reason: '备案审查：作出变动的决定被撤销，自始无效，变动随之收回',
    },
  }))

const handlers: { [T in FilingShape['command']]: Own } = {
  ReceiveFiling: plain,
  NoteChange: plain,
  SubmitFiling: uploads,
  RegisterFiling: told('AcknowledgeFiling', (p) => ({
    number: p.number,
    ...(p.note ? { note: p.note } : {}),
  })),
  ReturnFiling: told('ReturnFiling', (p) => ({
    reason: p.reason,
    ...(typeof p.ground === 'string' ? { ground: p.ground } : {}),
  })),
  DeferFiling: told('RequestFilingSupplement', (p, c) => ({
    missing: p.items,
    until: c.next.deferrals.at(-1)?.until,
  })),
  Resubmit: tells((c, p) => {
    const { track } = c.dossier
    const materials = c.next.submissions.at(-1)?.materials ?? []
    return isReturned(c.dossier)
      ? [{ type: 'FileDocument', track, materials, note: p.note }]
      : [{ type: 'SupplementFiling', track, materials, note: p.note }]
  }, uploads),
  StartReview: plain,
  RecordCheck: plain,
  ConsultExpert: plain,
  ExtendReview: told('ExtendFilingReview', (p) => ({ reason: p.reason })),
  AskExplanation: plain,
  Explain: plain,
  Communicate: plain,
  AgreePlan: plain,
  ResumeReview: plain,
  SendReminder: plain,
  IssueReviewOpinion: tells((c, p) => {
    const { track } = c.dossier
    const findings = c.next.opinion?.findings ?? []
    const stop = findings.filter((x) => x.demand === 'stop')
    const named = stop.every((x) => x.provisions.length > 0) ? [...new Set(stop.flatMap((x) => x.provisions))] : []
    return [
      {
        type: 'RequestCorrection',
        track,
        points: findings.map((x) => `${x.problem}（${x.ground}）`),
      },
      ...(stop.length > 0
        ? [
            {
              type: 'SuspendDocument',
              on: c.on,
              decision: p.decision,
              reason: `备案审查意见：立即停止执行（${stop.map((x) => x.ground).join('；')}）`,
              ...(named.length > 0 ? { provisions: named } : {}),
            },
          ]
        : []),
    ]
  }),
  AnswerOpinion: told('AnswerCorrection', (p) => ({
    answer: p.answer,
    action: p.action === 'keep' ? 'explain' : p.action,
  })),
  UrgeCorrection: plain,
  ReportCorrection: plain,
  MoveToAnnul: plain,
  RecordMotionDecision: {
    sends: (c, p): Send[] => {
      if (p.decision !== 'annul') return []
      if (c.dossier.decision) return takenBack(c, p.made)
      return tellsFile(c, p)
        ? [
            {
              matter: c.dossier.document.matter,
              command: { type: 'AnnulDocument', decision: p.made, reason: '备案审查：撤销' },
            },
          ]
        : []
    },
  },
  RequireFiling: plain,
  RemindFiling: plain,
  CriticiseFiling: plain,
  RecomputeDeadlines: recomputing(process) as Own,
  CloseReview: tells((c, p) =>
    c.dossier.registered || isReturned(c.dossier)
      ? [
          {
            type: 'CloseFiling',
            track: c.dossier.track,
            conclusion: String(p.conclusion ?? '') || closingWords(c.next),
          },
        ]
      : [],
  ),
}
const closingWords = (d: FilingDossier): string =>
  ({
    no_problem: '经逐项审查，未发现问题，审查办结。',
    reminder: '已经函告提醒，审查办结。',
    corrected: `制定机关已经改正${d.correction ? `（《${d.correction.title}》）` : ''}，审查办结。`,
    annulled: '已经撤销，审查办结。',
    explained: '制定机关说明以后没有问题，审查办结。',
    answered: '制定机关已经答复处理意见，审查办结。',
    not_filed: '不须报送，或者文件已经失去效力，办结。',
  })[d.closed?.outcome ?? 'no_problem']

/** The payload as the other installation gets it: what was reckoned here stands in it, organs go by their names. */
const toldThere: Partial<Record<FilingShape['command'], (p: Payload, c: Write) => Payload>> = {
  DeferFiling: (p, c) => ({ ...p, until: c.next.deferrals.at(-1)?.until }),
  AskExplanation: (p, c) => ({ ...p, until: c.next.inquiries.at(-1)?.until }),
  RequireFiling: (p, c) => ({ ...p, until: c.next.notices.at(-1)?.until }),
  CriticiseFiling: (p, c) => ({ ...p, until: c.next.notices.at(-1)?.until }),
  StartReview: ({ kind, requestedBy }) => ({ kind, ...(requestedBy ? { requestedBy } : {}) }),
  IssueReviewOpinion: (p, c) => ({ ...p, ...organNamed(c, 'decision', p.decision) }),
  RecordMotionDecision: (p, c) => ({ ...p, ...organNamed(c, 'made', p.made) }),
  // The other side knows one way of sending: what is sent here is received there.
  SubmitFiling: (p, c) => ({
    type: 'ReceiveFiling',
    materials: c.next.submissions.at(-1)?.materials ?? [],
    sentOn: c.on,
    textHash: c.next.submissions.at(-1)?.supplied.find((x) => x.sha256)?.sha256 ?? '没有随附文件',
    ...(p.note ? { note: p.note } : {}),
  }),
  Resubmit: (p) => withoutContent(p),
  CloseReview: (p, c) => ({ ...p, conclusion: String(p.conclusion ?? '').trim() || closingWords(c.next) }),
}
const organNamed = (c: Write, key: string, made: unknown): Payload => {
  const given = made as { body: string } | undefined
  return given ? { [key]: { ...given, body: c.units[given.body]?.name ?? given.body } } : {}
}
/** What the other installation is to be told of a command done here; empty where it is not its business. */
function toPeer(type: FilingShape['command'], c: Write, p: Payload, r: FilingShape['resolved']): Send[] {
  const d = c.dossier
  const there = d.exchange
  if (!there || sentFromThere(p) !== null || sideOf(type) !== there.side) return []
  // Either side's clock does by itself what falls due.
  if (there.side === 'receiver' && c.actor.kind === 'system') return []
  const name = (unit: string) => c.units[unit]?.name ?? unit
  const { correction } = c.facts.external
  const command: ExchangeSend = {
    type: 'SendMessage',
    peer: there.peer,
    filing: d.id,
    about: there.about,
    recipient: name(d.unit),
    track: d.track,
    on: c.on,
    document: {
      ...d.document,
      registry: null,
      issuers: d.document.issuers.map(name),
      draftingUnit: name(d.document.draftingUnit),
      ...(d.decision ? { decision: { body: d.decision.body, number: d.decision.number, date: d.decision.date } } : {}),
      address: there.address,
      log: there.log,
    },
    command: { type, ...(toldThere[type]?.(p, c) ?? p) },
    files: r.files ?? [],
    ...(type === 'ReportCorrection' && correction
      ? {
          correction: {
            title: correction.title,
            number: correction.number,
            changes: correction.changes,
            filed: correction.filed,
            log: null,
            entry: correction.id,
          },
        }
      : {}),
  }
  return [{ opens: exchangeKind, command: command as unknown as Send['command'] }]
}
const exchanged = Object.fromEntries(
  (Object.entries(handlers) as Array<[FilingShape['command'], Own]>).map(([type, handler]) => [
    type,
    {
      ...handler,
      sends: async (c: Write, p: Payload, r: FilingShape['resolved']): Promise<Send[]> => [
        ...((await handler.sends?.(c, p, r)) ?? []),
        ...toPeer(type, c, p, r),
      ],
    },
  ]),
) as typeof handlers

/** What another installation sent, from which its filing is opened here. */
interface Foreign {
  peer: string
  label: string
  about: string
  document: CommandManifest['document']
}

/** What else the decision changes, whatever number of documents: null where one of the openings is not of a decision. */
const noted = (sent: readonly Payload[]) => {
  const changes = sent.flatMap((p) => (p.decision && p.change ? [p.change] : []))
  return changes.length === sent.length ? ({ type: 'NoteChange', changes } as const) : null
}
const opening: DeskOpening<FilingShape, Payload> = {
  may: (actor) => permit(actor, filingReview.opening.label, process.opening.law.by, () => null),
  dossier: async (c, p) => {
    const foreign = p.exchange as Foreign | undefined
    if (foreign !== undefined) {
      const { registry: _, address, log, decision, ...document } = foreign.document
      return openedFiling(
        {
          id: c.matterId,
          jurisdiction: c.jurisdiction,
          // The sender's rules are not here: the receiver goes by its own.
          packVersion: c.pack.version,
          track: p.track === 'npc' ? 'npc' : 'government',
          unit: String(p.recipient),
          document,
          ...(decision ? { decision: { ...decision, changes: [] } } : {}),
          exchange: {
            peer: foreign.peer,
            label: foreign.label,
            side: 'receiver',
            about: foreign.about,
            address,
            log: log && { origin: log.origin, index: log.index },
          },
        },
        c.on,
        null,
      )
    }
    const entry = await entryOf(c.tx, c.jurisdiction, String(p.document))
    if (!entry || entry.documentId === null) throw invalid(['document', '登记库中没有在本系统办理并且公布的这件文件'])
    const [row] = await c.tx
      .select({ unit: m.unit, packVersion: m.packVersion, tier: schema.documents.tier })
      .from(m)
      .innerJoin(
        schema.documents,
        and(eq(schema.documents.jurisdictionId, m.jurisdictionId), eq(schema.documents.id, m.id)),
      )
      .where(and(eq(m.jurisdictionId, c.jurisdiction), eq(m.id, entry.documentId)))
    if (!row || entry.publishedOn === null) throw invalid(['document', '这件文件还没有公布'])
    const issuers = entry.issuers.flatMap((name) => unitNamed(c.units, name) ?? [])
    const track = p.track === 'npc' ? 'npc' : 'government'
    // Only the change of force itself says this: the form for people has no such fields.
    const decided = p.decision as Omit<NonNullable<FilingDossier['decision']>, 'changes'> | undefined
    const change = p.change as DecidedChange | undefined
    // The duty is that of the pack under which the document was made.
    const pack = decided
      ? c.office.rules.latest(c.jurisdiction, decided.date)
      : c.office.rules.pack(c.jurisdiction, row.packVersion)
    const named = typeof p.recipient === 'string' ? unitNamed(c.units, p.recipient) : undefined
    const unit = named ?? recipientsOf(pack, c.units, { tier: row.tier as Tier, issuers })[track]
    if (unit === undefined) throw invalid(['track', `这一层级的文件没有${trackLabels[track]}的受理机关`])
    const person = c.actor.kind === 'person' ? c.actor : null
    if (person && !person.posts.some((post) => post.role === 'registrar' && post.unit === unit))
      throw invalid(['document', `这件文件由${c.units[unit]?.name ?? unit}受理备案`])
    // What an organ in another installation receives is kept here as a copy, and sent there.
    const peer = person ? null : await receivingPeer(c.tx, c.jurisdiction, unit, track)
    const dossier = openedFiling(
      {
        id: c.matterId,
        jurisdiction: c.jurisdiction,
        packVersion: pack.version,
        track,
        unit,
        document: {
          entry: entry.id,
          matter: entry.documentId,
          title: change ? decisionTitle([change]) : entry.title,
          number: decided ? decided.number : entry.documentNumber,
          tier: row.tier as Tier,
          issuers,
          draftingUnit: row.unit,
          publishedOn: decided?.date ?? entry.publishedOn,
          effectiveDate: change?.on ?? entry.effectiveDate ?? entry.publishedOn,
        },
        ...(decided ? { decision: { ...decided, changes: change ? [change] : [] } } : {}),
        ...(peer
          ? {
              exchange: {
                peer: peer.name,
                label: peer.label,
                side: 'sender' as const,
                about: c.matterId,
                address: null,
                log: null,
              },
            }
          : {}),
      },
      c.on,
      null,
    )
    if (!person) return dossier
    const due = filingRequireDue({ dossier, pack, calendar: c.calendar, today: c.on }, c.on)
    const until = typeof p.until === 'string' ? p.until : (due?.answer.due ?? null)
    return openedFiling(dossier, c.on, { text: typeof p.reason === 'string' ? p.reason : null, until })
  },
  write: async (c) => {
    const d = c.dossier
    await c.tx.insert(t).values({
      jurisdictionId: c.jurisdiction,
      matterId: c.matterId,
      entryId: d.document.entry,
      documentId: d.document.matter,
      track: d.track,
      decidedOn: d.decision?.date ?? null,
      recipient: d.unit,
      openedOn: d.openedOn,
    })
    return undefined
  },
  openedBy: (p) => (typeof p.sentBy === 'string' ? p.sentBy : null),
  // Of a document there is one filing on a track; of a decision, whatever it changes besides is noted on it.
  whenOpen: (p) => noted([p]),
  whenManyOpen: (sent) => noted(sent),
  summary: (d) => ({ title: `${filedName(d)}${trackLabels[d.track]}`.slice(0, 500), unit: d.unit }),
}

/** What the other installation does, nobody here does: it comes by its messages. Null: done here. */
function elsewhere(
  actor: Actor,
  type: FilingShape['command'],
  d: FilingDossier,
  units: Record<string, UnitFact>,
  payload: Payload,
): Permission | null {
  const there = d.exchange
  if (!there) return null
  const theirs = (sideOf(type) === 'sender') !== (there.side === 'sender')
  if (!theirs) return null
  if (actor.kind === 'system')
    return sentFromThere(payload) === null
      ? null
      : { allowed: true, as: { person: null, unit: null, roles: ['system'] }, delegatedFrom: null }
  const whose = there.side === 'sender' ? (units[d.unit]?.name ?? d.unit) : d.document.issuers.join('、')
  return {
    allowed: false,
    reason: `${process.labels.command[type]}由${whose}在其系统（${there.label}）中办理，办成以后送来`,
  }
}

export const filingReviewDesk: Desk<FilingShape> = {
  engine: filingReviews,
  recordLabels: filingReview.records,
  ledgerForm: 2,
  opening: opening as Desk<FilingShape>['opening'],
  handlers: exchanged as Desk<FilingShape>['handlers'],
  // A filing is the business of the organ that receives it and of the one that sends it.
  overseers: [],
  may: (actor, type, d, units, payload) =>
    elsewhere(actor, type, d, units, payload) ??
    permit(actor, process.labels.command[type], process.law[type].by, (post) =>
      post.role === 'registrar' || post.role === 'filing_reviewer'
        ? post.unit === d.unit
          ? null
          : `须为受理机关${units[d.unit]?.name ?? d.unit}的${actorRoleLabels[post.role]}`
        : sends(post, d, units),
    ),
  facts: async ({ office, tx, jurisdiction, dossier, type, payload, pack, on, units }) => ({
    pack,
    calendar: office.rules.calendar(jurisdiction),
    external: await loadFilingFacts(tx, { jurisdiction, dossier, type, payload, pack, on, units }),
  }),
  // What was sent is waited for by the unit that made the document; nobody here waits for another installation's.
  businessOf: (d) => (d.exchange?.side === 'receiver' ? null : d.document.draftingUnit),
  // The issuer and its government's office see what was sent and what is asked of them.
  concerns: (d) => ({
    involvedUnits:
      // The other installation's units are none of ours.
      d.exchange?.side === 'receiver'
        ? [d.unit]
        : [...new Set([d.unit, ...d.document.issuers, d.document.draftingUnit])],
    concernedRoles: ['secretariat'],
  }),
  project: (tx, { jurisdiction, matterId, before, after }) => {
    if (before === null) return null
    const columnsOf = ({ context: { dossier: d } }: typeof after) => ({
      filedOn: isReturned(d) ? null : (d.submissions.findLast((x) => x.kind !== 'supplement')?.on ?? null),
      registeredOn: d.registered?.on ?? null,
      number: d.registered?.number ?? null,
      closedOn: d.closed?.on ?? null,
      outcome: d.closed?.outcome ?? null,
    })
    const columns = columnsOf(after)
    return JSON.stringify(columnsOf(before)) === JSON.stringify(columns)
      ? null
      : tx
          .update(t)
          .set(columns)
          .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.matterId, matterId)))
  },
  view: filingView,
}
