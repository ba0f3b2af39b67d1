// Rows of a consultation beside the comments themselves: how a comment came in, its attachments, held ones, groups, what is
// blacked out, invitations, hearings. Only added to; what is derived from them (text of attachments) may be made anew.
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** How a comment came in; earlier comments have no row and came in online. */
export const commentEntries = pgTable(
  'comment_entries',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commentId: text('comment_id').notNull(),
    documentId: text('document_id').notNull(),
    consultationId: text('consultation_id').notNull(),
    /** online, invited, letter, email, phone, meeting, other. */
    channel: text('channel').notNull(),
    /** From where it came: the letter, the meeting; null for what came in online. */
    source: text('source'),
    /** The day the office received it (Beijing time). */
    receivedOn: date('received_on').notNull(),
    /** Received after the consultation closed: kept, and counted as late. */
    late: boolean('late').notNull(),
    /** Digest of the normalised text: equal for equal content. */
    contentKey: text('content_key').notNull(),
    invitationId: text('invitation_id'),
    /** Who entered it; null where the public sent it. */
    enteredBy: text('entered_by'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commentId] }),
    index('comment_entries_consultation').on(t.jurisdictionId, t.consultationId),
    index('comment_entries_invitation').on(t.jurisdictionId, t.invitationId),
  ],
)
export const commentAttachments = pgTable(
  'comment_attachments',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commentId: text('comment_id').notNull(),
    n: integer('n').notNull(),
    documentId: text('document_id').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commentId, t.n] }),
    index('comment_attachments_document').on(t.jurisdictionId, t.documentId),
  ],
)
/** Words read out of an attachment, by the digest of its content; derived, and made anew when missing. */
export const attachmentTexts = pgTable(
  'attachment_texts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    sha256: text('sha256').notNull(),
    /** Null: there are no words to be read (an image), or they could not be read. */
    text: text('text'),
    note: text('note'),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.sha256] })],
)
/** Comments taken for spam: held, then restored or confirmed as spam by a person. */
export const commentHolds = pgTable(
  'comment_holds',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commentId: text('comment_id').notNull(),
    n: integer('n').notNull(),
    documentId: text('document_id').notNull(),
    /** held, restored, spam. */
    state: text('state').notNull(),
    reason: text('reason').notNull(),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commentId, t.n] }),
    index('comment_holds_document').on(t.jurisdictionId, t.documentId),
  ],
)
/** A person's decision that these comments say the same (`same`), or that they do not (`apart`). The latest counts. */
export const commentGroups = pgTable(
  'comment_groups',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    documentId: text('document_id').notNull(),
    n: integer('n').notNull(),
    outcome: text('outcome').notNull(),
    members: text('members').array().notNull(),
    label: text('label'),
    reason: text('reason'),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('comment_groups_document').on(t.jurisdictionId, t.documentId, t.n),
  ],
)
/** What becomes public of a comment: as it is, with spans blacked out, or not at all. The latest counts. */
export const commentRedactions = pgTable(
  'comment_redactions',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commentId: text('comment_id').notNull(),
    n: integer('n').notNull(),
    documentId: text('document_id').notNull(),
    /** clear, redacted, withheld. */
    outcome: text('outcome').notNull(),
    spans: jsonb('spans').$type<Array<{ start: number; end: number; kind: string; reason: string }>>().notNull(),
    reason: text('reason'),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commentId, t.n] }),
    index('comment_redactions_document').on(t.jurisdictionId, t.documentId),
  ],
)
/** The comments of this round are public from then on, as cleared. */
export const commentPublications = pgTable(
  'comment_publications',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    consultationId: text('consultation_id').notNull(),
    documentId: text('document_id').notNull(),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.consultationId] })],
)
/** Who was asked by name; the link is derived from the service's secret and stands nowhere. */
export const consultationInvitations = pgTable(
  'consultation_invitations',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    documentId: text('document_id').notNull(),
    consultationId: text('consultation_id').notNull(),
    /** Only in rows of before; since then the name stands in `invitation_names`, where it can be deleted. */
    name: text('name'),
    /** enterprise, association, stakeholder, expert, other. */
    kind: text('kind').notNull(),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('consultation_invitations_round').on(t.jurisdictionId, t.consultationId),
    index('consultation_invitations_id').on(t.id),
  ],
)
/** Who was asked: deleted in time, and under no digest. */
export const invitationNames = pgTable(
  'invitation_names',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    invitationId: text('invitation_id').notNull(),
    name: text('name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.invitationId] })],
)
/** Registrations for a hearing: what the selection rests on; who it is stands apart and is deleted in time. */
export const hearingRegistrations = pgTable(
  'hearing_registrations',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    matterId: text('matter_id').notNull(),
    receipt: text('receipt').notNull(),
    category: text('category').notNull(),
    /** What the person means to say; not public. */
    statement: text('statement').notNull(),
    hash: text('hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('hearing_registrations_receipt').on(t.jurisdictionId, t.receipt),
    index('hearing_registrations_matter').on(t.jurisdictionId, t.matterId),
  ],
)
export const hearingContacts = pgTable(
  'hearing_contacts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    registrationId: text('registration_id').notNull(),
    name: text('name').notNull(),
    contact: text('contact').notNull(),
    /** What of it tells one person (`contactKeys`); empty: registered before this was kept. */
    keys: text('keys').array().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.registrationId] }),
    index('hearing_contacts_keys').using('gin', t.keys),
  ],
)
