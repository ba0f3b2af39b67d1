// A drawing as data: the portal writes it out on the server, the workbench renders the same tree. No script, no inline style.
export interface ChartNode {
  tag: string
  attributes: Readonly<Record<string, string | number>>
  children: ReadonlyArray<ChartNode | string>
}
export const node = (
  tag: string,
  attributes: Record<string, string | number | null>,
  ...children: Array<ChartNode | string>
): ChartNode => ({
  tag,
  attributes: Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === null ? [] : [[name, typeof value === 'number' ? Math.round(value * 10) / 10 : value]],
    ),
  ),
  children,
})
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char)
/** The tree as markup. */
export function markup({ tag, attributes, children }: ChartNode): string {
  const own = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : markup(child))).join('')
  return inner === '' ? `<${tag}${own}/>` : `<${tag}${own}>${inner}</${tag}>`
}
