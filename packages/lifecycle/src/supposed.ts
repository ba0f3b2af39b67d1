// 只是设想一条命令（说明、推演）时的落定值：真的办理时由办理台给出。每条有落定值的命令各有一项，少一项即不能通过类型检查。
import type { CommandOf } from '@dianzhang/contract'
import type { Dossier } from '@dianzhang/rules'
import type { ResolvedOf } from './events.ts'
import type { EventMeta } from './shape.ts'

type Supposed = {
  [T in keyof ResolvedOf]: (d: Dossier, p: Partial<CommandOf<T>>, m: EventMeta) => ResolvedOf[T]
}
export const supposed: Supposed = {
  SaveDraft: (d) => ({ n: d.texts.length + 1, hash: '', authors: [] }),
  CorrectAfterSigning: (d) => ({ n: d.texts.length + 1, hash: '', findings: [] }),
  ProvideArtefact: () => ({ n: 1, hash: '' }),
  ChangeIssuers: (d, p) => ({ units: p.issuers ?? d.issuers, standing: [] }),
  RequestOpinions: (_d, _p, m) => ({ units: [], dueOn: m.on }),
  RecordOpinion: () => ({ unit: '' }),
  OpenPublicConsultation: (d, _p, m) => ({
    id: `${d.id}-${d.consultations.length + 1}`,
    closesOn: m.on,
    closesAt: m.at,
    noteHash: null,
    shortened: null,
  }),
  ExtendConsultation: (d, _p, m) => ({
    closesOn: d.consultations.at(-1)?.closesOn ?? m.on,
    closesAt: d.consultations.at(-1)?.closesAt ?? m.at,
  }),
  SubmitComment: () => ({ id: '', document: '', hash: '' }),
  DisposeComment: () => ({ id: '', n: 1 }),
  RecordComments: () => ({ comments: [] }),
  GroupComments: () => ({ id: '' }),
  PublishComments: (d) => ({ rounds: d.consultations.map((r) => r.id) }),
  InviteParticipants: () => ({ invitations: [] }),
  CloseConsultation: () => ({}),
  RecordCoordination: (_d, p) => ({ units: [], settled: p.settled ?? [] }),
  SubmitForReview: () => ({ packageHash: '' }),
  ResubmitAfterReturn: () => ({}),
  AcceptPackage: (d) => ({ packageHash: d.review?.packageHash ?? '' }),
  Supplement: (d) => ({ packageHash: d.review?.packageHash ?? '' }),
  IssueOpinion: () => ({ hash: '' }),
  RecordDecision: (d) => ({ approver: d.schedule?.body ?? '' }),
  Sign: () => ({ unit: '' }),
  ConfirmCorrection: () => ({ hash: '' }),
  AssignNumbers: (d, _p, m) => ({
    document: '',
    registry: '',
    year: 0,
    seq: 0,
    adoptionDate: d.numbers?.adoptionDate ?? m.on,
  }),
  Publish: () => ({ validUntil: null, validityYears: null, indexNumber: null, wjbs: { value: null, missing: [] } }),
  FileDocument: () => ({}),
  ArchiveFile: () => ({ files: 0, manifestHash: '' }),
  WithdrawDocument: () => ({}),
  MoveToPack: () => ({ packChanges: [] }),
  RecomputeDeadlines: () => ({ changes: [] }),
}
