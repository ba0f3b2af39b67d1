// Contents: divisions, articles and attachments; a click goes to the body, and scrolling marks where one is reading.
import type { OutlineNode } from '@dianzhang/text'
import { useNavigate } from '@tanstack/react-router'
import { type MouseEvent, memo, useEffect, useRef, useState } from 'react'

const branch = new Set(['part', 'subpart', 'chapter', 'section', 'heading1', 'heading2', 'attachment'])
const shown = (node: OutlineNode): boolean =>
  branch.has(node.level) || node.level === 'article' || node.level === 'table'
const excerptOf = (node: OutlineNode): string =>
  node.heading ?? (node.excerpt !== '' ? node.excerpt : (node.children[0]?.excerpt ?? ''))

function Entry({ node, depth }: { node: OutlineNode; depth: number }) {
  const [open, setOpen] = useState(depth < 2)
  const children = node.children.filter(shown)
  const name = `${node.level === 'table' ? '表' : (node.number ?? '')} ${excerptOf(node)}`
  const link = (
    <a href={`#${encodeURIComponent(node.address)}`} data-place={node.id} data-address={node.address} title={name}>
      <b>{node.level === 'table' ? '表' : node.number}</b> {excerptOf(node)}
    </a>
  )
  if (children.length === 0) return <li>{link}</li>
  return (
    <li>
      <div className="outline-branch">
        <button
          type="button"
          aria-expanded={open}
          aria-label={`${open ? '收起' : '展开'}${name}`}
          onClick={() => setOpen(!open)}
        />
        {link}
      </div>
      {open ? (
        <ol>
          {children.map((child) => (
            <Entry key={child.id} node={child} depth={depth + 1} />
          ))}
        </ol>
      ) : null}
    </li>
  )
}
export const OutlineTree = memo(function OutlineTree({
  tree,
  sheet,
}: {
  tree: readonly OutlineNode[]
  /** The container of the body, from which the position is marked while scrolling. */
  sheet: React.RefObject<HTMLElement | null>
}) {
  const navigate = useNavigate({ from: '/documents/$id' })
  const list = useRef<HTMLOListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tree is another text with other places
  useEffect(() => {
    const root = sheet.current
    const own = list.current
    if (!root || !own) return
    const links = new Map(
      [...own.querySelectorAll<HTMLAnchorElement>('a[data-place]')].map((a) => [a.dataset.place, a]),
    )
    const visible = new Set<Element>()
    let current: HTMLAnchorElement | undefined
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) visible.add(entry.target)
          else visible.delete(entry.target)
        }
        const first = [...visible].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0]
        const next = links.get(first?.getAttribute('data-element') ?? '')
        if (!next || next === current) return
        current?.removeAttribute('aria-current')
        next.setAttribute('aria-current', 'location')
        current = next
        const box = own.parentElement
        if (box && box.scrollHeight > box.clientHeight)
          box.scrollTop = next.offsetTop - box.offsetTop - box.clientHeight / 2
      },
      { rootMargin: '-90px 0px -65% 0px' },
    )
    for (const element of root.querySelectorAll('[data-element]'))
      if (links.has(element.getAttribute('data-element') ?? '')) watcher.observe(element)
    return () => watcher.disconnect()
  }, [tree, sheet])
  const follow = (event: MouseEvent<HTMLElement>) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-address]')
    if (!link || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    void navigate({ search: (old) => old, hash: link.dataset.address ?? '', resetScroll: false })
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the links inside are reached and followed by keyboard
    <ol className="outline" ref={list} onClick={follow}>
      {tree.filter(shown).map((node) => (
        <Entry key={node.id} node={node} depth={0} />
      ))}
    </ol>
  )
})
