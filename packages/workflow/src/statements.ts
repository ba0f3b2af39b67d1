// 写事务里每次都要用到的语句，构造一次，反复使用。
import { prepared, schema } from '@dianzhang/database'
import { and, eq, sql } from 'drizzle-orm'

const { commandLog, documents, ledgerEvents, texts, units } = schema
const value = sql.placeholder

export const lockDocument = prepared((db) =>
  db
    .select()
    .from(documents)
    .where(and(eq(documents.jurisdictionId, value('jurisdiction')), eq(documents.id, value('id'))))
    .for('update'),
)
export const findAnswered = prepared((db) =>
  db
    .select()
    .from(commandLog)
    .where(and(eq(commandLog.jurisdictionId, value('jurisdiction')), eq(commandLog.commandId, value('commandId')))),
)
export const selectUnits = prepared((db) =>
  db
    .select()
    .from(units)
    .where(eq(units.jurisdictionId, value('jurisdiction'))),
)

export const insertEvent = prepared((db) =>
  db.insert(ledgerEvents).values({
    jurisdictionId: value('jurisdiction'),
    documentId: value('document'),
    seq: value('seq'),
    type: value('type'),
    commandId: value('commandId'),
    at: value('at'),
    body: value('body'),
    prevHash: value('prevHash'),
    hash: value('hash'),
  }),
)
export const updateDocument = prepared((db) =>
  db
    .update(documents)
    .set({
      version: value('version'),
      stage: value('stage'),
      snapshot: value('snapshot'),
      packVersion: value('packVersion'),
      involvedUnits: value('involvedUnits'),
      ledgerSeq: value('ledgerSeq'),
      ledgerHead: value('ledgerHead'),
      nextDueOn: value('nextDueOn'),
      updatedAt: value('updatedAt'),
    } as never)
    .where(and(eq(documents.jurisdictionId, value('jurisdiction')), eq(documents.id, value('id')))),
)
export const insertAnswer = prepared((db) =>
  db.insert(commandLog).values({
    jurisdictionId: value('jurisdiction'),
    commandId: value('commandId'),
    documentId: value('document'),
    commandType: value('type'),
    person: value('person'),
    status: value('status'),
    answer: value('answer'),
    requestHash: value('requestHash'),
    at: value('at'),
  }),
)
export const insertText = prepared((db) =>
  db.insert(texts).values({
    jurisdictionId: value('jurisdiction'),
    documentId: value('document'),
    n: value('n'),
    hash: value('hash'),
    body: value('body'),
    attachments: value('attachments'),
    note: value('note'),
    kind: value('kind'),
    createdBy: value('createdBy'),
    at: value('at'),
  }),
)
