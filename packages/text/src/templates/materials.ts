// Templates of what goes with a text: the drafting note, the interpretation, the unit's own review, the review opinion.
// Headings follow what the reviewing and publishing steps ask for; what the file knows already is filled in.

/** Facts of the file; a missing one stays to be filled in. */
export interface MaterialFacts {
  title: string
  /** Full name of the drafting unit. */
  draftingUnit?: string | undefined
  necessity?: string | undefined
  /** Names of the acts it is based on, without 《》. */
  bases?: readonly string[] | undefined
  /** Headings of the text's chapters, or of its sections. */
  headings?: readonly string[] | undefined
  /** “发函征求了…”, one sentence on how others were heard. */
  heard?: string | undefined
  /** The clause on taking effect and validity, as the text says it. */
  effect?: string | undefined
}
export type TemplatedMaterial = 'explanatory_note' | 'interpretation' | 'own_legality_opinion' | 'legality_opinion'

const blank = (what: string): string => `〔待填：${what}〕`
/** Names in 《》 stand side by side without a comma between (GB/T 15834—2011). */
const acts = (bases: readonly string[] | undefined): string =>
  bases && bases.length > 0 ? bases.map((name) => `《${name}》`).join('') : `《${blank('上位法或者上级文件的名称')}》`
const contents = (headings: readonly string[] | undefined, what: string): string[] =>
  headings && headings.length > 0
    ? headings.map((heading, i) => `（${'一二三四五六七八九十'[i] ?? i + 1}）${heading}。${blank(what)}`)
    : [blank(what)]

const shapes: Record<TemplatedMaterial, (facts: MaterialFacts) => string[]> = {
  explanatory_note: (facts) => [
    `关于《${facts.title}》的起草说明`,
    '一、制定的必要性',
    facts.necessity ?? blank('现行规定有什么不足，要解决什么问题'),
    '二、制定依据',
    `${acts(facts.bases)}。`,
    '三、起草经过',
    `由${facts.draftingUnit ?? blank('起草单位')}起草。${facts.heard ?? blank('怎样调研，听取了哪些单位、群众的意见，有分歧的怎样协调')}`,
    '四、主要内容',
    ...contents(facts.headings, '规定了什么，为什么这样规定'),
    '五、需要说明的问题',
    blank('评估、论证的结论，分歧较大的事项；没有的写“无”'),
  ],
  interpretation: (facts) => [
    `《${facts.title}》政策解读`,
    '一、背景和依据',
    `${facts.necessity ?? blank('出台的背景')}制定依据是${acts(facts.bases)}。`,
    '二、主要内容',
    ...contents(facts.headings, '怎样规定，群众和企业怎样办'),
    '三、涉及范围和执行标准',
    blank('适用于谁，标准是多少'),
    '四、施行时间',
    facts.effect ?? blank('自何日起施行，有效期多久，与以前的规定有什么不同'),
    '五、解读机关',
    facts.draftingUnit ?? blank('解读机关与联系电话'),
  ],
  own_legality_opinion: (facts) => [
    `经审核，《${facts.title}》：`,
    '一、制定主体和权限：属于本机关、本级政府的法定职权。',
    `二、内容：与${acts(facts.bases)}等上位规定不抵触，没有违法减损权益、增加义务，没有违法设定行政许可、处罚、强制、收费。`,
    '三、程序：已依规定征求意见、协调分歧、论证评估。',
    '同意提请合法性审核。',
  ],
  legality_opinion: (facts) => [
    `《${facts.title}》合法性审核意见`,
    '一、制定主体合法，属于制定机关的法定职权。',
    `二、内容与${acts(facts.bases)}等上位规定不抵触。`,
    '三、没有违法设定行政许可、行政处罚、行政强制、行政征收、行政收费等事项，不存在没有法律、法规依据而减损公民、法人和其他组织合法权益或者增加其义务的情形。',
    '四、制定程序符合规定。',
  ],
}

/** The template of one material as plain text; the places to fill in read `〔待填：…〕`. */
export const materialTemplate = (kind: TemplatedMaterial, facts: MaterialFacts): string =>
  `${shapes[kind](facts).join('\n')}\n`
/** Whether there is a template of this kind of material. */
export const hasTemplate = (kind: string): kind is TemplatedMaterial => Object.hasOwn(shapes, kind)
