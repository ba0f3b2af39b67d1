// Damaged characters: what a wrong encoding, a web page or a word processor leaves in a text in place of its words.
import { type Meter, spareMeter } from './lines.ts'

/**
 * What is wrong with some characters. `replacement`: signs that stand for a lost character; `mojibake`: words read by
 * another encoding; `private`: characters of the private use area, which every machine shows otherwise; `direction`: marks that turn the
 * direction of the line; `control`: control characters; `pinyin`: a reading put behind a character by a web page;
 * `foreign`: Bopomofo, Kana, Hangul, Cyrillic or box signs between Chinese characters; `traditional`: traditional and
 * Japanese forms among simplified ones; `radical`: radicals and compatibility forms that look like characters and are not found
 * by them; `escaped`: a character written as a code (&nbsp;, \u660e); `invisible`: characters of no width.
 */
export type DamageKind =
  | 'replacement'
  | 'mojibake'
  | 'private'
  | 'direction'
  | 'control'
  | 'pinyin'
  | 'foreign'
  | 'traditional'
  | 'radical'
  | 'escaped'
  | 'invisible'

/** Some damaged characters of one line. Offsets are UTF-16 code units of the text; lines count from 1. */
export interface Damage {
  kind: DamageKind
  start: number
  end: number
  line: number
}

export const damageNames: Record<DamageKind, string> = {
  replacement: '无法识别的字（替换符、方框）',
  mojibake: '编码错乱的字',
  private: '私用区字符',
  direction: '改变书写方向的控制符',
  control: '控制字符',
  pinyin: '夹注的拼音',
  foreign: '混入的注音符号、假名、外文字母、制表线',
  traditional: '繁简混用',
  radical: '看着像字的部首、兼容字（查找不到，复制自 PDF 时常见）',
  escaped: '没有还原的编码写法',
  invisible: '不可见字符',
}

const suspect = {
  replacement: 1,
  control: 2,
  private: 4,
  direction: 8,
  latin: 16,
  traditional: 32,
  foreign: 64,
  filling: 128,
  box: 256,
  pinyin: 512,
  invisible: 1024,
  rare: 2048,
  question: 4096,
  radical: 8192,
  escape: 16384,
} as const

/** Standard characters that are not in GB 2312: 瞭望, and those of names. */
const standardToo = '瞭浬釆潟伋祐璘晞棻璟堉珮濬昇鉅迺釐奭頫甦淏暘彊塽兗尟恆炤'
/** Japanese forms that neither GB 2312 nor the frequent part of Big5 has. */
const japanese =
  '収図県駅囲実広単価団経応関対戦発売読険験検権観帰気両亜悪圧円塩縁艶仮絵壊懐覚学楽渇巻歓偽戯犠拠挙峡郷勲径恵渓継茎蛍軽鶏芸撃倹剣圏献顕厳効恒鉱号砕済斎剤桜雑参惨桟蚕賛残歯児辞湿釈寿従渋獣縦粛処叙奨将焼証剰壌嬢条浄畳縄譲醸触嘱慎粋酔穂随髄枢数瀬声斉静窃摂専浅潜繊践銭禅双壮捜挿争総荘装騒増臓蔵属続堕体帯滞台滝択沢胆弾断痴遅昼鋳庁聴懲鎮鉄転点伝党盗灯当闘独届弐悩脳覇廃拝麦髪抜蛮浜払仏併並変辺弁舗宝豊没毎満黙訳薬与予余誉揺様謡来頼乱覧竜猟塁励礼隷霊齢恋炉労楼録湾'

interface Tables {
  /** For every UTF-16 code unit what it may be a sign of. */
  of: Uint16Array
  /** Characters of GB 2312. */
  simplified: Uint8Array
}
let tables: Tables | undefined

/** Characters of a two-byte encoding whose first and second byte lie in these ranges, as the platform decodes them. */
function charactersOf(encoding: string, first: [number, number], second: Array<[number, number]>): string {
  const bytes: number[] = []
  for (let a = first[0]; a <= first[1]; a++)
    for (const [from, to] of second) for (let b = from; b <= to; b++) bytes.push(a, b, 10)
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes))
}

const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff

function tablesOf(): Tables {
  if (tables !== undefined) return tables
  const of = new Uint16Array(0x10000)
  const simplified = new Uint8Array(0x10000)
  const mark = (from: number, to: number, sign: number): void => {
    for (let code = from; code <= to; code++) of[code] = (of[code] ?? 0) | sign
  }
  const signs = (characters: string, sign: number): void => {
    for (const character of characters) mark(character.charCodeAt(0), character.charCodeAt(0), sign)
  }
  for (const character of charactersOf('gb18030', [0xb0, 0xf7], [[0xa1, 0xfe]])) simplified[character.charCodeAt(0)] = 1
  // The frequent characters of Big5 that GB 2312 does not have are the traditional ones.
  const frequent = charactersOf(
    'big5',
    [0xa4, 0xc6],
    [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  )
  for (const character of frequent) {
    const code = character.charCodeAt(0)
    if (isHan(code) && simplified[code] !== 1 && !standardToo.includes(character)) mark(code, code, suspect.traditional)
  }
  for (const character of japanese) {
    const code = character.charCodeAt(0)
    if (simplified[code] !== 1) mark(code, code, suspect.traditional)
  }
  for (let code = 0x4e00; code <= 0x9fff; code++) if (simplified[code] !== 1) mark(code, code, suspect.rare)
  mark(0xfffc, 0xfffd, suspect.replacement)
  mark(0, 8, suspect.control)
  mark(0x0e, 0x1f, suspect.control)
  mark(0x7f, 0x84, suspect.control)
  mark(0x86, 0x9f, suspect.control)
  mark(0xe000, 0xf8ff, suspect.private)
  mark(0xdb80, 0xdbff, suspect.private)
  mark(0x200e, 0x200f, suspect.direction)
  mark(0x202a, 0x202e, suspect.direction)
  mark(0x2066, 0x2069, suspect.direction)
  mark(0x200b, 0x200d, suspect.invisible)
  mark(0x2060, 0x2064, suspect.invisible)
  mark(0xad, 0xad, suspect.invisible)
  mark(0xfeff, 0xfeff, suspect.invisible)
  for (const code of [0x34f, 0x115f, 0x1160, 0x180e, 0x3164, 0xffa0]) mark(code, code, suspect.invisible)
  mark(0xfe00, 0xfe0e, suspect.invisible)
  mark(0xdb40, 0xdb40, suspect.invisible)
  mark(0xd800, 0xdb3f, suspect.replacement)
  mark(0xdb41, 0xdfff, suspect.replacement)
  mark(0x2ff0, 0x2fff, suspect.replacement)
  mark(0x303e, 0x303e, suspect.replacement)
  mark(0x2e80, 0x2fdf, suspect.radical)
  mark(0xf900, 0xfaff, suspect.radical)
  mark(0x300, 0x36f, suspect.foreign)
  mark(0x400, 0x4ff, suspect.foreign)
  mark(0x590, 0x6ff, suspect.foreign)
  mark(0xe00, 0xe7f, suspect.foreign)
  mark(0xac00, 0xd7a3, suspect.foreign)
  mark(0xff61, 0xff9f, suspect.foreign)
  signs('&\\%=<', suspect.escape)
  mark(0xc0, 0xff, suspect.latin)
  signs('ŒœŠšŸŽžƒ', suspect.latin)
  of[0xd7] = 0
  of[0xf7] = 0
  mark(0x3105, 0x312f, suspect.foreign)
  mark(0x3041, 0x30fa, suspect.foreign)
  mark(0x2550, 0x257f, suspect.foreign)
  mark(0x2510, 0x254f, suspect.foreign)
  signs('锟烫屯葺锘锛銆鈥涓鐨', suspect.filling)
  signs('□■▯▢◻☐☒�囗〓口¿¡', suspect.box)
  signs('āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ', suspect.pinyin)
  signs('?？', suspect.question)
  tables = { of, simplified }
  return tables
}

const han = '\\p{Script=Han}'
const windows = '\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122'
/** A letter of western Europe without another letter before it: no word among Chinese characters has it. */
const alone =
  '(?<![A-Za-z\u00c0-\u017f])[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]'
const patterns: ReadonlyArray<{ when: number; kind: DamageKind; pattern: RegExp }> = [
  { when: suspect.replacement, kind: 'replacement', pattern: /[\ufffc\ufffd\ud800-\udfff\u2ff0-\u2fff\u303e]+/gu },
  // A box in the middle of a sentence; not the boxes of a form, which have a choice of their own behind each.
  {
    when: suspect.box,
    kind: 'replacement',
    pattern: new RegExp(
      `(?<=[${han}“”《》（）])(?:[□■▯▢◻]{2,}(?=[${han}，。；：、）”]|$)|[□■▯▢◻☒](?=[${han}]{2,}[^□■▯▢◻☒]{0,200}[。；]$))|囗+|〓+|(?<=[${han}])口{2,}(?=[${han}])(?![岸径腔号味服罩])|[¿¡](?=[${han}])`,
      'gu',
    ),
  },
  {
    when: suspect.question,
    kind: 'replacement',
    pattern: new RegExp(
      `(?<=[${han}])\\?{2,}(?=[${han}])|\\?{3,}|(?<=^[^吗呢否何谁哪什怎几多为能?？。；]{1,60})\\?(?=[${han}]{2,}[^?？]{0,200}[。；]$)`,
      'gu',
    ),
  },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  { when: suspect.control, kind: 'control', pattern: /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]+/gu },
  { when: suspect.private, kind: 'private', pattern: /[\p{Co}]+/gu },
  { when: suspect.direction, kind: 'direction', pattern: /[\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu },
  {
    when: suspect.invisible,
    kind: 'invisible',
    pattern:
      /[\u200b-\u200d\u2060-\u2064\u00ad\ufeff\u115f\u1160\u180e\u3164\uffa0\u{e0000}-\u{e007f}]+|\u034f+|(?<=\p{Script=Han})[\ufe00-\ufe0e]/gu,
  },
  {
    when: suspect.latin,
    kind: 'mojibake',
    pattern: new RegExp(
      `(?:[\u00c2-\u00ef][${windows}]{1,2}){2,}[\u00c0-\u00ff]?|[\u00a1-\u00ff]{4,}|ï¼[${windows}]?|ã€[${windows}]?|â€[${windows}]?|${alone}[${windows}]{0,3}(?![A-Za-z])(?<=[${han}][^A-Za-z、，]{1,4})|${alone}[${windows}]{0,3}(?=[${han}])`,
      'gu',
    ),
  },
  {
    when: suspect.filling,
    kind: 'mojibake',
    pattern: /(?:锟斤拷?|斤拷|烫{2,}|屯{2,}|葺{2,}|锘[挎縹旱]?|銆|鈥[\p{Script=Han}?]?|锛(?![子凿])|涓€|鐨[勮刞]?)+/gu,
  },
  {
    when: suspect.pinyin,
    kind: 'pinyin',
    pattern: new RegExp(
      `[${han}A-Za-zＡ-Ｚ][（(][a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{0,5}[）)]|(?<=[${han}])[a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}(?=[${han}，。；、])`,
      'gu',
    ),
  },
  {
    when: suspect.radical,
    kind: 'radical',
    pattern: /[\u2e80-\u2fdf\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff]+/gu,
  },
  {
    when: suspect.escape,
    kind: 'escaped',
    pattern:
      /(?:&(?:#[0-9]{2,7}|#x[0-9a-f]{2,6}|nbsp|ensp|emsp|lt|gt|amp|quot|apos|middot|bull|hellip|mdash|ndash|[lr][sd]quo|times|yen|copy|reg|deg|sect|[lr]aquo);)+|(?:\\u[0-9a-f]{4})+|(?:%[0-9A-F]{2}){3,}|<U\+[0-9A-F]{4,5}>|<\/?(?:br|p|span|div|t[dr]|table|strong|em|font|o:p)(?:\s[^<>\n]{0,120})?\s?\/?>|(?:=[0-9A-F]{2}){3,}|=\?[a-z0-9-]{3,20}\?[bq]\?[^?\s]{1,80}(?:\?=)?/giu,
  },
  {
    when: suspect.foreign,
    kind: 'foreign',
    pattern: new RegExp(
      `[\u3105-\u312f]+|(?<=[${han}])[\u3041-\u30fa\u2510-\u257f\u0400-\u04ff\u0590-\u06ff\u0e00-\u0e7f\uac00-\ud7a3\uff61-\uff9f]+(?=[${han}，。；：、（]|$)|(?<=[${han}])[\u0300-\u036f]+`,
      'gu',
    ),
  },
]
const traditionalRun = new RegExp(`[${han}]+`, 'gu')

/** A text with this part of traditional characters is a traditional text, not a damaged one. */
const traditionalText = 0.12

/**
 * The damaged characters of a text, in order, one entry for each run. Text that is traditional throughout gets none of the
 * kind `traditional`: see `isTraditional`. Linear: lines without a suspicious character are only looked through.
 * `traditional` is what `isTraditional` says, where the caller has asked it already.
 */
export function damageIn(
  source: string,
  meter: Meter = spareMeter(),
  traditional: boolean = isTraditional(source),
): Damage[] {
  const { of } = tablesOf()
  const found: Damage[] = []
  let line = 1
  let from = 0
  let signs = 0
  let traditionals = 0
  const { length } = source
  meter.steps += length
  const close = (to: number): void => {
    if (signs !== 0) inLine(source.slice(from, to), from, line, signs, traditional ? 0 : traditionals, found)
    signs = 0
    traditionals = 0
  }
  for (let at = 0; at < length; at++) {
    const code = source.charCodeAt(at)
    if (
      code === 10 ||
      code === 13 ||
      code === 11 ||
      code === 12 ||
      code === 0x85 ||
      code === 0x2028 ||
      code === 0x2029
    ) {
      close(at)
      if (!(code === 13 && source.charCodeAt(at + 1) === 10)) line++
      from = at + 1
      continue
    }
    const sign = of[code] ?? 0
    if (sign === 0) continue
    signs |= sign
    if ((sign & suspect.traditional) !== 0) traditionals++
  }
  close(length)
  return found
}

/** Whether a text is written in traditional characters. */
export function isTraditional(source: string): boolean {
  const { of } = tablesOf()
  let all = 0
  let traditional = 0
  const end = Math.min(source.length, 200_000)
  for (let at = 0; at < end; at++) if (((of[source.charCodeAt(at)] ?? 0) & suspect.traditional) !== 0) traditional++
  // Nearly every text ends here: without such a character there is nothing to weigh.
  if (traditional === 0) return false
  traditional = 0
  for (let at = 0; at < end; at++) {
    const code = source.charCodeAt(at)
    if (!isHan(code)) continue
    all++
    if (((of[code] ?? 0) & suspect.traditional) !== 0) traditional++
  }
  return all > 20 && traditional > traditionalText * all
}

function inLine(text: string, from: number, line: number, signs: number, traditionals: number, found: Damage[]): void {
  const here: Damage[] = []
  for (const { when, kind, pattern } of patterns) {
    if ((signs & when) === 0) continue
    for (const match of text.matchAll(pattern))
      here.push({ kind, start: from + match.index, end: from + match.index + match[0].length, line })
  }
  if ((signs & suspect.rare) !== 0) {
    const misread = gbkMojibake(text)
    for (const { start, end } of misread) here.push({ kind: 'mojibake', start: from + start, end: from + end, line })
    if (traditionals > 0 && misread.length === 0) {
      const { of } = tablesOf()
      for (const run of text.matchAll(traditionalRun)) {
        let first = -1
        let last = -1
        for (let at = 0; at < run[0].length; at++) {
          if (((of[run[0].charCodeAt(at)] ?? 0) & suspect.traditional) === 0) continue
          if (first < 0) first = at
          last = at
        }
        if (first >= 0)
          here.push({
            kind: 'traditional',
            start: from + run.index + first,
            end: from + run.index + last + 1,
            line,
          })
      }
    }
  }
  here.sort((a, b) => a.start - b.start || b.end - a.end)
  let behind = 0
  for (const one of here) {
    if (one.start < behind) continue
    found.push(one)
    behind = one.end
  }
}

const radicals: Record<string, string> = Object.fromEntries(
  [
    ...'⺁厂⺅亻⺊卜⺌小⺍小⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺦丬⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺲罒⺳罓⺶羊⺷羊⺸羊⺹老⺺聿⺼月⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒长⻓长⻔门⻕阝⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, radical = '', character = '']) => [radical, character]),
)
/** Radicals and compatibility forms (⽂⻋金) as the characters they look like, and how many there were. As long as before. */
export function radicalsRead(text: string): { text: string; count: number } {
  let count = 0
  const read = text.replace(/[\u2e80-\u2fdf\uf900-\ufad9]/gu, (one) => {
    const character = radicals[one] ?? one.normalize('NFKC')
    if (character === one || character.length !== 1) return one
    count++
    return character
  })
  return { text: read, count }
}

let bytesOf: Map<string, number> | undefined
/** The two bytes of each character of GBK. */
function gbkBytes(): Map<string, number> {
  if (bytesOf !== undefined) return bytesOf
  bytesOf = new Map()
  const decoder = new TextDecoder('gb18030')
  for (let a = 0x81; a <= 0xfe; a++) {
    const row = new Uint8Array(3 * 191)
    for (let b = 0x40; b <= 0xfe; b++) row.set([a, b === 0x7f ? 0x40 : b, 10], 3 * (b - 0x40))
    const characters = decoder.decode(row).split('\n')
    for (let b = 0x40; b <= 0xfe; b++) {
      const character = characters[b - 0x40] ?? ''
      if (b !== 0x7f && character.length === 1 && !bytesOf.has(character)) bytesOf.set(character, a * 256 + b)
    }
  }
  return bytesOf
}

const hanOrMark = /[\p{Script=Han}\u00a4\u20ac\u3000-\u303f]{3,}/gu
/** UTF-8 that was read as GBK: 鍋滆溅鍦. Three characters in a row must come out, and two of what stands there be rare. */
function gbkMojibake(text: string): Array<{ start: number; end: number }> {
  const { simplified } = tablesOf()
  const found: Array<{ start: number; end: number }> = []
  for (const run of text.matchAll(hanOrMark)) {
    const words = run[0]
    let rare = 0
    for (let at = 0; at < words.length; at++) if (simplified[words.charCodeAt(at)] !== 1) rare++
    if (rare < 2) continue
    const table = gbkBytes()
    const bytes = new Uint8Array(words.length * 2)
    for (let at = 0; at < words.length; at++) {
      const pair = table.get(words[at] ?? '') ?? 0
      bytes[2 * at] = pair >> 8
      bytes[2 * at + 1] = pair & 255
    }
    for (let at = 0; at < bytes.length; ) {
      let end = at
      let read = 0
      while (isThreeBytes(bytes, end)) {
        end += 3
        read++
      }
      if (read < 3) {
        at++
        continue
      }
      found.push({ start: run.index + (at >> 1), end: run.index + Math.ceil(end / 2) })
      at = end
    }
  }
  return found.filter(({ start, end }) => {
    let rare = 0
    for (let at = start; at < end; at++) if (simplified[text.charCodeAt(at)] !== 1) rare++
    return rare >= 2
  })
}
const isThreeBytes = (bytes: Uint8Array, at: number): boolean => {
  const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
  return a >= 0xe3 && a <= 0xef && b >= 0x80 && b <= 0xbf && c >= 0x80 && c <= 0xbf
}
