// The digest of an archive: of every version of the text and every material, in their order.
import { and, type DbOrTx, eq, schema } from '@dianzhang/database'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'

/** How many there are, and the digest of all their digests: what filing away keeps. */
export async function manifestOf(
  db: DbOrTx,
  jurisdiction: string,
  id: string,
): Promise<{ files: number; manifestHash: string }> {
  const { texts: t, artefacts: a } = schema
  const [texts, artefacts] = await Promise.all([
    db
      .select({ n: t.n, hash: t.hash })
      .from(t)
      .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, id)))
      .orderBy(t.n),
    db
      .select({ kind: a.kind, n: a.n, hash: a.hash })
      .from(a)
      .where(and(eq(a.jurisdictionId, jurisdiction), eq(a.documentId, id)))
      .orderBy(a.kind, a.n),
  ])
  return {
    files: texts.length + artefacts.length,
    manifestHash: sha256Hex(`dianzhang/archive/1\n${canonicalJson({ texts, artefacts })}`),
  }
}
