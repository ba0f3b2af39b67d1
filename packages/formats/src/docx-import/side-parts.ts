// Parts other than the body: styles, relations, comments, footnotes, headers and footers. Only what concerns the text
// is taken.
import type { Styles } from './read-document.ts'
import type { XmlHandler } from './xml.ts'

/** Relationship targets by id, and by type (last part of the type's address). */
export function relationsReader(): { handler: XmlHandler; byId: Map<string, string>; byType: Map<string, string[]> } {
  const byId = new Map<string, string>()
  const byType = new Map<string, string[]>()
  const handler: XmlHandler = {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const target = attributes.Target ?? ''
      byId.set(attributes.Id ?? '', target)
      const type = (attributes.Type ?? '').split('/').at(-1) ?? ''
      if (attributes.TargetMode !== 'External') byType.set(type, [...(byType.get(type) ?? []), target])
    },
    close() {},
    text() {},
  }
  return { handler, byId, byType }
}

/** Numbering and hidden text of styles, followed along basedOn. */
export function stylesReader(): { handler: XmlHandler; styles: Styles; numIdOfStyle(style: string): string | null } {
  interface Style {
    name: string
    basedOn: string | null
    numId: string | null
    level: number | null
    hidden: boolean
  }
  const known = new Map<string, Style>()
  let style: Style | null = null
  const handler: XmlHandler = {
    open(name, attributes) {
      const val = attributes['w:val'] ?? ''
      if (name === 'w:style') {
        style = { name: '', basedOn: null, numId: null, level: null, hidden: false }
        known.set(attributes['w:styleId'] ?? '', style)
      } else if (style === null) return
      else if (name === 'w:name') style.name = val
      else if (name === 'w:basedOn') style.basedOn = val
      else if (name === 'w:numId') style.numId = val
      else if (name === 'w:ilvl') style.level = Number(val) || 0
      else if (name === 'w:vanish') style.hidden = !['0', 'false'].includes(attributes['w:val'] ?? '1')
    },
    close(name) {
      if (name === 'w:style') style = null
    },
    text() {},
  }
  const chain = function* (from: string): Generator<Style> {
    const seen = new Set<string>()
    for (let id: string | null = from; id !== null && !seen.has(id); ) {
      seen.add(id)
      const current: Style | undefined = known.get(id)
      if (current === undefined) return
      yield current
      id = current.basedOn
    }
  }
  const numberOf = (from: string): { numId: string; level: number } | null => {
    let level: number | null = null
    for (const current of chain(from)) {
      level ??= current.level
      if (current.numId !== null) return { numId: current.numId, level: Math.min(8, level ?? 0) }
    }
    return null
  }
  return {
    handler,
    styles: {
      numberOf,
      hidden: (from) => [...chain(from)].some((current) => current.hidden),
      prompt: (from) =>
        from === 'PlaceholderText' || /^(?:placeholder text|占位符文本)$/i.test(known.get(from)?.name ?? ''),
    },
    numIdOfStyle: (from) => known.get(from)?.numId ?? null,
  }
}

/** One note, comment, header or footer: its words. */
export interface SideText {
  text: string
  author: string
  date: string
}

/** Reads comments.xml, footnotes.xml and endnotes.xml by `element` (w:comment …); separators are left out. */
export function sideTextReader(element: string): { handler: XmlHandler; texts: Map<string, SideText> } {
  const texts = new Map<string, SideText>()
  let current: SideText | null = null
  let taking = false
  const handler: XmlHandler = {
    open(name, attributes) {
      if (name === element) {
        if (['separator', 'continuationSeparator', 'continuationNotice'].includes(attributes['w:type'] ?? '')) return
        current = { text: '', author: attributes['w:author'] ?? '', date: attributes['w:date'] ?? '' }
        texts.set(attributes['w:id'] ?? String(texts.size), current)
      } else if (name === 'w:t') taking = true
    },
    close(name) {
      if (name === element) current = null
      else if (name === 'w:t') taking = false
      else if (name === 'w:p' && current !== null && current.text !== '' && !current.text.endsWith('\n'))
        current.text += '\n'
    },
    text(words) {
      if (taking && current !== null) current.text += words
    },
  }
  return { handler, texts }
}

/** Words of a header or footer without its fields (page numbers). */
export function marginTextReader(): { handler: XmlHandler; words(): string } {
  let words = ''
  let taking = false
  let fieldDepth = 0
  return {
    handler: {
      open(name, attributes) {
        if (name === 'w:fldSimple') fieldDepth++
        else if (name === 'w:fldChar') {
          if (attributes['w:fldCharType'] === 'begin') fieldDepth++
          else if (attributes['w:fldCharType'] === 'end') fieldDepth--
        } else if (name === 'w:t') taking = fieldDepth <= 0
      },
      close(name) {
        if (name === 'w:t') taking = false
        else if (name === 'w:fldSimple') fieldDepth--
        else if (name === 'w:p' && words !== '' && !words.endsWith('\n')) words += '\n'
      },
      text(text) {
        if (taking) words += text
      },
    },
    words: () => words.trim(),
  }
}
