// 文本的答复：各版、结构、检查、比较、位置、工作稿、导入。位置为 UTF-16 单元，行自 1 起。
import { z } from 'zod'
import { dispositionLabels } from '../vocabulary.ts'

type CommentDisposition = keyof typeof dispositionLabels
const instant = z.iso.datetime({ offset: true })
const date = z.iso.date()

/** 附件：名称与字节摘要；旧的没有记下种类与大小。 */
export const AttachmentMeta = z.looseObject({
  name: z.string(),
  sha256: z.string(),
  mediaType: z.string().optional(),
  size: z.int().optional(),
})
const version = {
  n: z.int(),
  hash: z.string(),
  contentHash: z.string(),
  note: z.string().nullable(),
  kind: z.string(),
  by: z.string(),
  at: instant,
  attachments: z.array(AttachmentMeta),
}
/** 目录中的一版。 */
export const TextVersion = z.looseObject({ ...version, characters: z.int() })
/** 一版的全文。 */
export const WholeText = z.looseObject({ ...version, body: z.string() })

const levels = [
  'part',
  'subpart',
  'chapter',
  'section',
  'article',
  'paragraph',
  'item',
  'subitem',
  'heading1',
  'heading2',
  'heading3',
  'heading4',
  'table',
  'text',
] as const
const Element = z.looseObject({
  id: z.string(),
  level: z.enum(levels),
  number: z.string().nullable(),
  ordinal: z.array(z.int()).nullable(),
  heading: z.string().nullable(),
  text: z.string(),
  line: z.int(),
  start: z.int(),
  end: z.int(),
  get children() {
    return z.array(Element)
  },
  rows: z.array(z.array(z.string())).optional(),
})
const Fault = z.looseObject({
  code: z.enum([
    'gap',
    'repeat',
    'disorder',
    'missing-number',
    'first-not-one',
    'unreadable-number',
    'unread-number',
    'attachment-mismatch',
    'vertical-table',
  ]),
  message: z.string(),
  line: z.int(),
  element: z.string().optional(),
})
const counted = {
  parts: z.int(),
  subparts: z.int(),
  chapters: z.int(),
  sections: z.int(),
  articles: z.int(),
  insertedArticles: z.int(),
  firstArticle: z.string().nullable(),
  lastArticle: z.string().nullable(),
  level1: z.int(),
  level2: z.int(),
  level3: z.int(),
  level4: z.int(),
  tables: z.int(),
}
const page = {
  skipped: z.array(z.looseObject({ line: z.int(), text: z.string(), reason: z.string() })).optional(),
  candidates: z.array(z.looseObject({ label: z.string(), value: z.string(), line: z.int() })).optional(),
}
const lines = z.array(z.string())
const Structure = z.looseObject({
  letterhead: lines.optional(),
  title: z.string().nullable(),
  documentNumber: z.string().nullable(),
  addressees: z.string().nullable(),
  preamble: z.array(Element),
  body: z.array(Element),
  attachmentsNote: lines,
  signature: lines,
  date: z.string().nullable(),
  dateText: z.string().nullable(),
  note: z.string().nullable(),
  attachments: z.array(z.looseObject({ label: z.string(), title: z.string().nullable(), body: z.array(Element) })),
  imprint: lines,
  toc: z.looseObject({ start: z.int(), end: z.int() }).nullable(),
  faults: z.array(Fault),
  counts: z.looseObject(counted),
  ...page,
})
const OutlineNode = z.looseObject({
  id: z.string(),
  level: z.enum([...levels, 'attachment']),
  number: z.string().nullable(),
  heading: z.string().nullable(),
  address: z.string(),
  line: z.int(),
  excerpt: z.string(),
  get children() {
    return z.array(OutlineNode)
  },
})
export const TextStructure = z.looseObject({
  n: z.int(),
  contentHash: z.string(),
  structure: Structure,
  outline: z.looseObject({
    title: z.string().nullable(),
    hasToc: z.boolean(),
    ...counted,
    faults: z.array(Fault),
    tree: z.array(OutlineNode),
    ...page,
  }),
  faults: z.array(Fault),
})

const Finding = z.looseObject({
  id: z.string(),
  severity: z.enum(['block', 'warn', 'review']),
  category: z.string(),
  basis: z.string(),
  message: z.string(),
  quote: z.string(),
  start: z.int(),
  end: z.int(),
  line: z.int(),
  element: z.string().optional(),
  address: z.string().optional(),
})
/** 未了结的问题；起草人说明过而审核人还没有认可的，带着说明。 */
const OpenFinding = Finding.extend({ explained: z.string().optional() })
const Waiver = z.looseObject({
  id: z.string(),
  quote: z.string(),
  element: z.string().optional(),
  reason: z.string(),
  by: z.enum(['drafter', 'reviewer']),
  at: instant,
  person: z.string(),
  personName: z.string().optional(),
  version: z.int(),
})
const Waived = z.object({ finding: Finding, waiver: Waiver })
/** 所引的文件在某日的效力；`entry` 为空的，文件库与上位法目录都没有，或者有几件同名。 */
export const ResolvedCitation = z.looseObject({
  start: z.int(),
  end: z.int(),
  name: z.string().nullable(),
  docNo: z.string().nullable(),
  references: z.array(z.looseObject({ text: z.string(), target: z.string(), start: z.int(), end: z.int() })),
  status: z.enum([
    'in_force',
    'amended',
    'pending_effect',
    'suspended',
    'expired',
    'repealed',
    'annulled',
    'unknown',
    'ambiguous',
  ]),
  statusLabel: z.string(),
  entry: z
    .looseObject({
      source: z.enum(['register', 'acts']),
      id: z.string(),
      title: z.string(),
      documentNumber: z.string().nullable(),
      href: z.string(),
      effectiveDate: date.nullable(),
      validUntil: date.nullable(),
    })
    .nullable(),
})
export const Citations = z.object({ citations: z.array(ResolvedCitation) })
export const TextFindings = z.looseObject({
  n: z.int(),
  contentHash: z.string(),
  linter: z.string(),
  findings: z.array(Finding),
  open: z.array(OpenFinding),
  waived: z.array(Waived),
  citations: z.array(ResolvedCitation),
})
export const FrozenFindings = z.looseObject({
  n: z.int(),
  textVersion: z.int(),
  linter: z.string(),
  at: instant,
  open: z.array(OpenFinding),
  waived: z.array(Waived),
})

const ElementState = z.looseObject({
  id: z.string(),
  level: z.enum(levels),
  number: z.string().nullable(),
  address: z.string(),
  line: z.int(),
  text: z.string(),
})
const changeKind = z.enum(['unchanged', 'marks', 'changed', 'moved', 'split', 'merged', 'added', 'deleted'])
export const Comparison = z.looseObject({
  from: z.object({ n: z.int(), contentHash: z.string() }),
  to: z.object({ n: z.int(), contentHash: z.string() }),
  comparison: z.object({
    changes: z.array(
      z.looseObject({
        kind: changeKind,
        before: z.array(ElementState),
        after: z.array(ElementState),
        moved: z.boolean(),
        reordered: z.boolean(),
        similarity: z.number(),
        rewritten: z.boolean(),
        diff: z
          .array(z.looseObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }))
          .nullable()
          .describe('逐字的异同；一字不差的为空'),
        why: z.array(
          z.object({ source: z.enum(['point', 'comment', 'note']), text: z.string(), ref: z.string().optional() }),
        ),
      }),
    ),
    counts: z.record(changeKind, z.int()),
    coarse: z.boolean(),
  }),
  attachments: z.array(z.object({ name: z.string(), kind: z.enum(['added', 'removed', 'same', 'changed']) })),
})
export const Anchored = z.looseObject({
  kind: z.enum(['comment', 'point']),
  id: z.string(),
  text: z.string(),
  madeOn: z.int().nullable(),
  address: z.string(),
  quote: z.string().nullable(),
  state: z.enum(['exact', 'moved', 'changed', 'orphan']),
  now: z.object({ element: z.string(), address: z.string() }).nullable(),
  answer: z
    .looseObject({ kind: z.string(), version: z.int().nullable(), reason: z.string().nullable() })
    .nullable()
    .optional()
    .describe('审核意见的答复'),
  disposition: z
    .looseObject({
      disposition: z.string(),
      label: z.string().optional(),
      reason: z.string(),
      version: z.int().nullable().optional(),
    })
    .nullable()
    .optional()
    .describe('公众意见的处理'),
})
/** 一条公众意见；姓名与联系方式只给起草单位的人。 */
export const StaffComment = z.looseObject({
  id: z.string(),
  consultation: z.string(),
  anchor: z.looseObject({ element: z.string(), quote: z.string().optional() }).nullable(),
  address: z.string().nullable().describe('所指之处在征求意见稿中的地址'),
  text: z.string(),
  hash: z.string(),
  at: instant,
  channel: z.string(),
  channelLabel: z.string(),
  source: z.string().nullable(),
  receivedOn: z.string().nullable(),
  late: z.boolean(),
  held: z.looseObject({ state: z.string(), reason: z.string() }).nullable().describe('疑似垃圾信息：待核、恢复、确认'),
  attachments: z.array(
    z.looseObject({
      name: z.string(),
      mediaType: z.string(),
      sha256: z.string(),
      size: z.int(),
      text: z.string().nullable().describe('读出的文字（开头一段）'),
      note: z.string().nullable(),
    }),
  ),
  name: z.string().nullable().optional(),
  contact: z.string().nullable().optional(),
  disposition: z
    .looseObject({
      disposition: z.enum(Object.keys(dispositionLabels) as [CommentDisposition, ...CommentDisposition[]]),
      label: z.string(),
      reason: z.string(),
      version: z.int().nullable(),
      at: instant,
    })
    .nullable(),
})
const pieces = z.array(z.looseObject({ text: z.string(), added: z.boolean() }))
/** 归组的提议与人的决定：提议不是合并，由人确认。 */
export const CommentGroups = z.looseObject({
  comments: z.int(),
  accepted: z.array(
    z.looseObject({
      group: z.string(),
      label: z.string().nullable(),
      members: z.array(z.string()),
      answered: z.int().describe('其中已经答复的件数'),
    }),
  ),
  proposed: z.array(
    z.looseObject({
      members: z.array(z.string()),
      shown: z.string().describe('所示的一条，其余与它对照'),
      text: z.string(),
      differences: z.array(z.looseObject({ id: z.string(), same: z.boolean(), pieces })),
    }),
  ),
})
/** 公开以前逐件处理：疑似个人信息的各处是提议，由人确认。 */
export const CommentClearance = z.looseObject({
  total: z.int(),
  done: z.int(),
  published: z.array(z.string()).describe('各件意见已经公开的各次征求意见'),
  items: z.array(
    z.looseObject({
      comment: z.string(),
      text: z.string(),
      proposed: z.array(z.looseObject({ start: z.int(), end: z.int(), kind: z.string(), text: z.string() })),
      decided: z
        .looseObject({
          outcome: z.string(),
          label: z.string(),
          spans: z.array(z.looseObject({ start: z.int(), end: z.int(), kind: z.string(), reason: z.string() })),
          reason: z.string().nullable(),
          times: z.int(),
        })
        .nullable(),
    }),
  ),
})
export const Invitations = z.looseObject({
  total: z.int(),
  answered: z.int(),
  share: z.number().nullable().describe('经营主体与行业协会商会所占的百分比'),
  items: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      label: z.string(),
      at: instant,
      answered: z.boolean(),
      state: z.string(),
      path: z.string().optional().describe('一次性的答复链接，只给起草单位的人'),
    }),
  ),
})
export const CommentTotals = z.looseObject({
  items: z.array(
    z.looseObject({
      consultation: z.string(),
      n: z.int(),
      closesOn: z.string(),
      total: z.int(),
      distinct: z.int(),
      late: z.int(),
      held: z.int(),
      channels: z.array(z.looseObject({ channel: z.string(), label: z.string(), count: z.int() })),
    }),
  ),
})
/** 一份起草材料；`derived` 的由记录生成，不由人提交。 */
export const Artefact = z.looseObject({
  kind: z.string(),
  label: z.string(),
  n: z.int(),
  title: z.string().nullable(),
  body: z.string().nullable(),
  attachment: AttachmentMeta.nullable(),
  bases: z
    .array(
      z.looseObject({
        title: z.string(),
        docNo: z.string().optional(),
        articles: lines.optional(),
        clause: z.string().optional(),
      }),
    )
    .nullable(),
  hash: z.string(),
  by: z.string(),
  at: instant,
  derived: z.literal(true).optional(),
})
/** 一份案卷的文件清单中的一行。 */
export const FileLine = z.object({
  kind: z.string().describe('文本、文本附件、某种材料、某种材料的附件'),
  edition: z.string().describe('第几版、第几次，或者由记录生成'),
  name: z.string().nullable().describe('名称或者说明'),
  at: instant,
  hash: z.string().describe('内容摘要（SHA-256）'),
})
export const WorkingCopy = z.looseObject({
  revision: z.int(),
  basedOn: z.int().nullable(),
  body: z.string(),
  waivers: z.array(
    z.looseObject({ id: z.string(), quote: z.string(), element: z.string().optional(), reason: z.string() }),
  ),
  by: z.string(),
  byName: z.string(),
  at: instant,
})
/** 文字的自述与案卷的一处差别。 */
export const Difference = z.looseObject({
  subject: z.string(),
  kind: z.enum(['contradicts', 'doubtful', 'unfilled', 'unsaid']),
  says: z.string(),
})
const lossKinds = [
  'insertion',
  'deletion',
  'move',
  'format-change',
  'comment',
  'image',
  'text-box',
  'letterhead',
  'word-art',
  'footnote',
  'endnote',
  'header',
  'footer',
  'hidden-text',
  'struck-text',
  'raised-text',
  'field',
  'link',
  'symbol',
  'soft-hyphen',
  'tab',
  'line-break',
  'formula',
  'object',
  'chart',
  'included-document',
  'phonetic',
  'merged-cell',
  'cell-paragraphs',
  'nested-table',
  'layout-table',
  'placeholder',
  'no-text',
  'no-title',
  'automatic-number',
  'bullet',
  'number-format',
  'alternative',
  'unknown-element',
  'encoding',
  'markup',
  'portal',
] as const
export const ImportedText = z.looseObject({
  text: z.string(),
  title: z.string().nullable(),
  facts: z.looseObject({
    nonEmptyParagraphs: z.int(),
    paragraphs: z.int(),
    tables: z.int(),
    textBoxes: z.int(),
    visibleTextBoxes: z.int(),
    images: z.int(),
    pictures: z.int(),
    autoNumberedParagraphs: z.int(),
    hasToc: z.boolean(),
    parts: z.int(),
    chapters: z.int(),
    sections: z.int(),
    articles: z.int(),
    insertedArticles: z.int(),
    firstArticle: z.string().nullable(),
    lastArticle: z.string().nullable(),
  }),
  loss: z.array(
    z.looseObject({
      kind: z.enum(lossKinds),
      effect: z.enum(['dropped', 'changed']),
      losesWords: z.boolean(),
      paragraph: z.int(),
      quote: z.string(),
      content: z.string(),
      message: z.string(),
      author: z.string().optional(),
      date: z.string().optional(),
      count: z.int().optional(),
    }),
  ),
  wouldLoseWords: z.boolean(),
  confirmation: z.string(),
  faults: z.array(Fault),
  differences: z.array(Difference).describe('文字的自述（标题、字号、机关、日期、有效期、解释机关）与案卷的差别'),
  revisions: z.int(),
  changes: z
    .array(
      z.looseObject({
        number: z.int(),
        kind: z.enum(['insertion', 'deletion', 'move']),
        what: z.enum(['text', 'paragraph', 'row', 'cell']),
        paragraph: z.int(),
        text: z.string(),
        author: z.string().optional(),
        date: z.string().optional(),
        decision: z.enum(['accept', 'reject', 'undecided']),
      }),
    )
    .describe('逐处修订：编号、种类、文字、修订人、时间、作了什么决定；编号供 accept、reject 使用'),
  redline: z.array(
    z.looseObject({
      paragraph: z.int(),
      parts: z.array(
        z.looseObject({
          kind: z.enum(['same', 'inserted', 'deleted', 'moved-from', 'moved-to']),
          text: z.string(),
          change: z.int().optional(),
          author: z.string().optional(),
          date: z.string().optional(),
        }),
      ),
    }),
  ),
})

/** 制定依据对照表的草稿。 */
export const BasisProposal = z.object({
  version: z.int().describe('依哪一版文本'),
  declared: z.int().describe('前几条是对照表已经载明的'),
  items: z.array(
    z.object({
      title: z.string(),
      docNo: z.string().nullable(),
      articles: z.array(z.string()).describe('所引的条款'),
      clause: z.string().nullable().describe('对应本文件条款'),
      role: z.enum(['declared', 'basis', 'implements', 'cites']).describe('已经载明，或者由正文读出的角色'),
    }),
  ),
})
