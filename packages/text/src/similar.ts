// Comments that say the same: proposals only. Alike are texts of which one is contained in the other by at least 0.8, or whose
// shared part is at least half of the whole, measured on runs of three characters; never alike are texts whose negations,
// stances or numbers differ, or which have opposite words in the same place, so that opposites do not meet in one group. The
// same texts give the same groups in any order.

/** A text to be grouped; `id` decides ties, so it should be stable. */
export interface SimilarItem {
  id: string
  text: string
}
/** What stands in a member and not in the text it is compared with (`added`), in the member's own words. */
export interface MemberDifference {
  id: string
  same: boolean
  pieces: Array<{ text: string; added: boolean }>
}
export interface ProposedGroup {
  /** In order of id. */
  members: string[]
  /** The shortest member: the others are shown against it. */
  shown: string
}
const containedFrom = 0.8
const jaccardFrom = 0.5

/** Letters and digits alone, in one width and case: what two texts are compared by. */
export const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

// Words that turn a sentence round, and words for or against: with the two characters that follow them.
const turning =
  /岂|豈|难道|難道|何必|何须|怎能|哪能|不|没|沒|无|無|未|非|勿|莫|否|别|別|禁止|反对|反對|支持|赞成|贊成|赞同|贊同|同意|取消|保留|废止|廢止|删除|刪除|增加|减少|減少|提高|降低|上调|上調|下调|下調|延长|延長|缩短|縮短|放宽|放寬|收紧|收緊|允许|允許|应当|應當|可以|必须|必須/u
const number = /[\d一二三四五六七八九十百千万萬亿億两兩零〇半几幾]+(?:\p{L})?/u
const marks = new RegExp(`(?:${turning.source})[\\p{L}\\p{N}]{0,2}|${number.source}`, 'gu')
/** Negations, stances and numbers with their units, in order: texts where these differ are never proposed as one. */
const stanceOf = (normal: string): string => (normal.match(marks) ?? []).join('|')

/**
 * Words of opposite sense. Unlike the turning ones they are too common to count wherever they stand: they count where one text
 * has a word and the other, between the same words, its opposite.
 */
const opposites: ReadonlyArray<readonly [string, string]> = [
  ['扩大 擴大 放大', '缩小 縮小'],
  ['增设 增設 新设 新設 设立 設立', '撤销 撤銷 撤除 裁撤'],
  ['公开 公開', '保密 隐藏 隱藏'],
  ['收费 收費 有偿 有償', '免费 免費 无偿 無償'],
  ['有利 有益', '有害 有弊'],
  ['尽快 盡快 抓紧 抓緊 立即 及早', '暂缓 暫緩 推迟 推遲 延后 延後 缓办 緩辦'],
  ['继续 繼續 坚持 堅持 推进 推進 实行 實行', '停止 终止 終止 中止 暂停 暫停 叫停'],
  ['加大 加重 加强 加強 强化 強化', '减轻 減輕 减弱 減弱 弱化 减小'],
  ['自愿 自願', '强制 強制 强迫 強迫'],
  ['统一 統一 集中', '分别 分別 分散'],
  ['恢复 恢復', '废除 廢除 停办 停辦'],
  ['鼓励 鼓勵 奖励 獎勵', '限制 处罚 處罰 惩罚 懲罰'],
  ['开放 開放 打开 打開', '关闭 關閉 封闭 封閉'],
  ['包括 包含 纳入 納入', '排除 除外 剔除'],
  ['以上', '以下'],
  ['以前 之前 前', '以后 以後 之后 之後 后 後'],
  ['先', '后 後'],
  ['上', '下'],
  ['高', '低'],
  ['大', '小'],
  ['多', '少'],
  ['长 長', '短'],
  ['严 嚴 紧 緊', '宽 寬 松 鬆'],
  ['早', '晚 迟 遲'],
  ['快', '慢'],
  ['难 難', '易 容易'],
  ['增 加', '减 減'],
  ['升 涨 漲', '降 跌'],
  ['轻 輕', '重'],
  ['强 強', '弱'],
  ['好', '坏 壞 差'],
  ['对 對', '错 錯'],
  ['新', '旧 舊'],
  ['进 進', '出 退'],
  ['内 內', '外'],
  ['男', '女'],
  ['城', '乡 鄉 村'],
  ['左', '右'],
  ['买 買', '卖 賣'],
  ['主动 主動', '被动 被動'],
]
const sidesOf = new Map<string, string[]>()
for (const [axis, sides] of opposites.entries())
  for (const [side, words] of sides.entries())
    for (const word of words.split(' ')) sidesOf.set(word, [...(sidesOf.get(word) ?? []), `${axis} ${side}`])
const opposable = new RegExp([...sidesOf.keys()].sort((a, b) => b.length - a.length).join('|'), 'gu')
/** Which side of which pair stands at which place: a place is what stands right before, or right after. */
type Places = ReadonlyMap<string, string>
const unsure = '?'
/** As much of the words around as tells a place. */
const around = 2
function placesOf(normal: string): Places {
  const places = new Map<string, string>()
  for (const match of normal.matchAll(opposable)) {
    const end = match.index + match[0].length
    const before = normal.slice(Math.max(0, match.index - around), match.index)
    const after = normal.slice(end, end + around)
    for (const each of sidesOf.get(match[0]) ?? []) {
      const [axis, side = ''] = each.split(' ')
      // Both sides in one place of one text: it tells nothing.
      for (const [key, told] of [
        [`${axis}<${before}`, before.length === around],
        [`${axis}>${after}`, after.length === around],
      ] as const)
        if (told) places.set(key, (places.get(key) ?? side) === side ? side : unsure)
    }
  }
  return places
}
/** Some place has opposite words in the two. */
function oppose(a: Places, b: Places): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  for (const [key, side] of few) {
    const other = many.get(key)
    if (other !== undefined && other !== side && side !== unsure && other !== unsure) return true
  }
  return false
}
const together = (a: Places, b: Places): Places => {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  const all = many as Map<string, string>
  for (const [key, side] of few) if (!all.has(key)) all.set(key, side)
  return all
}

const gramSize = 3
function gramsOf(normal: string): string[] {
  if (normal.length <= gramSize) return normal === '' ? [] : [normal]
  const found = new Set<string>()
  for (let i = 0; i + gramSize <= normal.length; i++) found.add(normal.slice(i, i + gramSize))
  return [...found]
}

/** How far the smaller is contained in the larger, and the shared part of both together (0 to 1). */
function similarityOf(a: string, b: string): { containment: number; jaccard: number } {
  const [x, y] = [new Set(gramsOf(normalised(a))), gramsOf(normalised(b))]
  const shared = y.filter((gram) => x.has(gram)).length
  const smaller = Math.min(x.size, y.length)
  const whole = x.size + y.length - shared
  return { containment: smaller === 0 ? 0 : shared / smaller, jaccard: whole === 0 ? 0 : shared / whole }
}
/** Whether two texts alone would be proposed as one. */
export function saysTheSame(a: string, b: string): boolean {
  if (stanceOf(normalised(a)) !== stanceOf(normalised(b))) return false
  if (normalised(a) === normalised(b)) return normalised(a) !== ''
  if (oppose(placesOf(normalised(a)), placesOf(normalised(b)))) return false
  const { containment, jaccard } = similarityOf(a, b)
  return containment >= containedFrom || jaccard >= jaccardFrom
}

/**
 * Groups of two or more that seem to say the same, the smallest first: how many say a thing does not decide. `apart`: pairs a person has told apart (`id id`, both
 * ways need not be given); they are never joined directly. Grows with what is shared, not with the square of the number.
 */
export function groupSimilar(items: readonly SimilarItem[], apart: ReadonlySet<string> = new Set()): ProposedGroup[] {
  // Equal texts are one to start with: campaigns cost no more than one of their texts.
  const byNormal = new Map<string, string[]>()
  for (const { id, text } of items) {
    const normal = normalised(text)
    if (normal === '') continue
    const known = byNormal.get(normal)
    if (known) known.push(id)
    else byNormal.set(normal, [id])
  }
  const normals = [...byNormal.keys()].sort()
  const parent = normals.map((_, i) => i)
  const find = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number
      at = parent[at] as number
    }
    return at
  }
  // Only texts of one stance are looked at together.
  const byStance = new Map<string, number[]>()
  normals.forEach((normal, i) => {
    const stance = stanceOf(normal)
    const known = byStance.get(stance)
    if (known) known.push(i)
    else byStance.set(stance, [i])
  })
  const told = (a: number, b: number): boolean =>
    apart.size > 0 &&
    (byNormal.get(normals[a] as string) ?? []).some((x) =>
      (byNormal.get(normals[b] as string) ?? []).some((y) => apart.has(`${x} ${y}`) || apart.has(`${y} ${x}`)),
    )
  for (const bucket of byStance.values()) {
    if (bucket.length < 2) continue
    const grams = new Map(bucket.map((i) => [i, gramsOf(normals[i] as string)]))
    const holders = new Map<string, number[]>()
    for (const [i, own] of grams)
      for (const gram of own) {
        const known = holders.get(gram)
        if (known) known.push(i)
        else holders.set(gram, [i])
      }
    const rarity = (gram: string): number => holders.get(gram)?.length ?? 0
    // From the shortest: each looks for texts no shorter than itself. Half of its grams must be in the other in either
    // measure, so one of its rarest half and one more is.
    const order = [...bucket].sort((a, b) => (grams.get(a)?.length ?? 0) - (grams.get(b)?.length ?? 0) || a - b)
    const rank = new Map(order.map((i, at) => [i, at]))
    // Of each group: a third text that is contained in two opposite ones does not bring them together.
    const places = new Map(bucket.map((i) => [i, placesOf(normals[i] as string)]))
    for (const i of order) {
      const own = grams.get(i) ?? []
      const probes = [...own]
        .sort((a, b) => rarity(a) - rarity(b) || (a < b ? -1 : 1))
        .slice(0, Math.floor(own.length / 2) + 1)
      const seen = new Set<number>()
      for (const gram of probes)
        for (const other of holders.get(gram) ?? []) if ((rank.get(other) ?? 0) > (rank.get(i) ?? 0)) seen.add(other)
      const mine = new Set(own)
      for (const other of seen) {
        if (find(i) === find(other)) continue
        const theirs = grams.get(other) ?? []
        const shared = theirs.reduce((sum, gram) => sum + (mine.has(gram) ? 1 : 0), 0)
        const alike =
          shared >= containedFrom * own.length || shared >= jaccardFrom * (own.length + theirs.length - shared)
        if (alike && !told(i, other)) {
          const [a, b] = [find(i), find(other)]
          const [its, others] = [places.get(a) as Places, places.get(b) as Places]
          if (oppose(its, others)) continue
          places.set(Math.min(a, b), together(its, others))
          parent[Math.max(a, b)] = Math.min(a, b)
        }
      }
    }
  }
  const groups = new Map<number, number[]>()
  normals.forEach((_, i) => {
    const root = find(i)
    groups.set(root, [...(groups.get(root) ?? []), i])
  })
  return [...groups.values()]
    .map((texts): ProposedGroup => {
      const shortest = texts.toSorted(
        (a, b) =>
          (normals[a] as string).length - (normals[b] as string).length ||
          ((normals[a] as string) < (normals[b] as string) ? -1 : 1),
      )[0] as number
      return {
        members: texts.flatMap((i) => byNormal.get(normals[i] as string) ?? []).sort(),
        shown: (byNormal.get(normals[shortest] as string) ?? []).toSorted()[0] ?? '',
      }
    })
    .filter(({ members }) => members.length > 1)
    .sort((a, b) => a.members.length - b.members.length || ((a.members[0] ?? '') < (b.members[0] ?? '') ? -1 : 1))
}

/**
 * A member against the text shown for its group: which of its words are not in it. What is added stays visible: whole runs
 * of characters not covered by runs of three that both have.
 */
export function differenceFrom(shown: string, member: string): MemberDifference['pieces'] {
  const known = new Set(gramsOf(normalised(shown)))
  // Positions of the letters and digits in the member's own words.
  const places: number[] = []
  let normal = ''
  let at = 0
  for (const char of member) {
    const plain = normalised(char)
    for (const each of plain) {
      normal += each
      places.push(at)
    }
    at += char.length
  }
  const covered = new Uint8Array(member.length)
  for (let i = 0; i + gramSize <= normal.length; i++)
    if (known.has(normal.slice(i, i + gramSize)))
      for (let k = i; k < i + gramSize; k++) covered[places[k] as number] = 1
  if (normal.length < gramSize && known.has(normal)) for (const place of places) covered[place] = 1
  const pieces: MemberDifference['pieces'] = []
  const isLetter = new Set(places)
  let added = false
  for (let i = 0; i < member.length; i++) {
    // Signs go with what stands before them.
    if (isLetter.has(i)) added = covered[i] === 0
    const last = pieces.at(-1)
    if (last && last.added === added) last.text += member[i]
    else pieces.push({ text: member[i] ?? '', added })
  }
  return pieces
}
