// The Typst program that sets a document. It holds no words of any document: those come as data (`sys.inputs.document`),
// so nothing in a text is ever taken for markup.
export const template = `#let doc = json(bytes(sys.inputs.document))
#let page-of = doc.page
#let pitch = doc.pitch * 1pt
#let gap = pitch - doc.size * 1pt
#set document(title: doc.title, author: doc.authors)
#let faces(name) = doc.fonts.at(name)
#let number-line(side) = context {
  let n = counter(page).get().first()
  set text(font: faces(doc.number.font), size: doc.number.size * 1pt, tracking: 0pt)
  if calc.odd(n) { align(right, pad(right: 1em, [— #n —])) } else { align(left, pad(left: 1em, [— #n —])) }
}
#set page(
  width: page-of.width * 1mm,
  height: page-of.height * 1mm,
  margin: (
    top: page-of.top * 1mm,
    bottom: page-of.bottom * 1mm,
    left: page-of.left * 1mm,
    right: page-of.right * 1mm,
  ),
  footer-descent: doc.number.below * 1mm,
  footer: number-line(none),
)
#set text(
  font: faces("fangsong"),
  size: doc.size * 1pt,
  lang: "zh",
  region: "cn",
  tracking: doc.tracking * 1pt,
  cjk-latin-spacing: none,
  top-edge: 0.88em,
  bottom-edge: -0.12em,
)
// What a line is short of is shared by all its characters; the space after 第×条 stays one character wide.
#set par(
  leading: gap,
  spacing: gap,
  justify: true,
  linebreaks: "simple",
  justification-limits: (spacing: (min: 100%, max: 100%), tracking: (min: -0.02em, max: 0.1em)),
)
// A digest or a code is one word of up to 64 letters: with no place to break it would run off the page, its end lost, and the
// line before it be stretched. Word breaks it by itself. (Typst leaves out a space of nothing; one of 0.01 pt it breaks at.)
#show regex("[0-9A-Za-z]{24,}"): it => it.text.clusters().chunks(8).map(c => c.join()).join(h(0.01pt))
#let words(segments, size) = for s in segments {
  text(font: faces(s.font), size: size, weight: if s.heavy { 700 } else { 400 }, s.text)
}
#let rule(thick, color: black) = line(length: 100%, stroke: thick * 1mm + color)
// At the top of a page space above a block falls away; the blank lines that are asked for there do not, as in Word.
#let set-line(l, first: false) = {
  if l.newPage { pagebreak(weak: true) }
  let top = first or l.newPage
  if top { v(l.before * pitch) }
  let size = l.size * 1pt
  let own = if l.distance == none { gap } else { l.distance * 1mm - size }
  block(
    width: 100%,
    above: if top { 0pt } else { own + l.before * pitch },
    below: own + l.after * pitch,
    sticky: l.keep,
    breakable: true,
    pad(left: l.left * size, right: l.right * size, align(
      if l.align == "center" { center } else if l.align == "right" { right } else { left },
      par(
        leading: own,
        justify: l.align == "both",
        first-line-indent: (amount: l.first * size, all: true),
        hanging-indent: l.hanging * size,
        words(l.segments, size),
      ),
    )),
  )
}
#let set-table(l) = {
  let size = l.size * 1pt
  set text(font: faces(l.font), size: size, tracking: 0pt)
  set par(leading: 0.5em, justify: false)
  block(above: gap, below: gap, width: 100%, table(
    columns: l.columns.map(w => w * 1fr),
    stroke: 0.5pt,
    inset: (x: 4pt, y: 5pt),
    align: (x, y) => if y == 0 { center + horizon } else { left + horizon },
    table.header(..l.rows.first().map(c => [#c])),
    ..l.rows.slice(1).flatten().map(c => [#c]),
  ))
}
#if doc.head != none {
  let h = doc.head
  let red = rgb(h.red)
  let mark(t, tall) = text(font: faces("xiaobiaosong"), weight: 700, size: h.size * 1pt, fill: red, tracking: 0pt, t)
  v(h.top * 1mm)
  if h.marks.len() == 1 {
    align(center, mark(h.marks.first() + h.suffix, true))
  } else {
    align(center, grid(
      columns: (auto, auto),
      column-gutter: 8pt,
      align: center + horizon,
      stack(dir: ttb, spacing: h.size * 0.35pt, ..h.marks.map(m => mark(m, false))),
      mark(h.suffix, true),
    ))
  }
  v(h.numberLines * pitch)
  if h.signer == none {
    align(center, text(h.number))
  } else {
    pad(x: 1em, grid(
      columns: (1fr, auto),
      h.number, [#text(font: faces("fangsong"))[签发人：]#text(font: faces("kai"), h.signer)],
    ))
  }
  v(h.ruleBelow * 1mm - gap)
  rule(0.5, color: red)
}
#for (n, l) in doc.lines.enumerate() {
  if l.rows != none { set-table(l) } else { set-line(l, first: n == 0 and doc.head == none) }
}
#if doc.imprint != none {
  let i = doc.imprint
  v(1fr)
  block(breakable: false, width: 100%, spacing: 0pt, {
    set text(size: i.size * 1pt, font: faces(i.font), tracking: 0pt)
    set par(justify: false, spacing: 0pt, leading: gap)
    for (n, l) in i.lines.enumerate() {
      rule(if n == 0 { i.outer } else { i.inner })
      block(width: 100%, inset: (x: 1em, y: 6pt), above: 0pt, below: 0pt, if l.day == none {
        par(hanging-indent: l.label * 1em, l.text)
      } else {
        grid(columns: (1fr, auto), l.text, l.day)
      })
    }
    rule(i.outer)
  })
}
`
