// Starts sooner: what was compiled is kept for the next time, and what the file system need not be asked again is not.
// Node looks for the nearest package.json of every one of two thousand files, and for every package anew from each file
// that names it; drizzle-orm's package.json alone lists 180 KB of entry points (docs/decisions/014).
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'

// Stripped and compiled files are kept between runs: a short command answers in a quarter of the time.
nodeModule.enableCompileCache?.()

/** Folder → how its `.js` files are written, as the nearest package.json says. */
const written = new Map()
function writtenIn(folder) {
  let found = written.get(folder)
  if (found === undefined) {
    try {
      found = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')).type ?? 'commonjs'
    } catch {
      const above = new URL('..', folder).href
      found = above === folder ? 'commonjs' : writtenIn(above)
    }
    written.set(folder, found)
  }
  return found
}
/** How the file is written, as far as its name and its folder tell; undefined: Node has to look. */
function formatOf(url) {
  if (url.endsWith('.ts')) return url.includes('/node_modules/') ? undefined : 'module-typescript'
  if (url.endsWith('.mjs')) return 'module'
  if (url.endsWith('.js') && writtenIn(new URL('.', url).href) === 'module') return 'module'
  return undefined
}

/** The folder of the package that a file belongs to: what a package is called means the same in all of it. */
const packageOf = (from) => /^.*\/(?:node_modules\/(?:@[^/]+\/)?|apps\/|packages\/)[^/]+\//.exec(from)?.[0]
/** Package and name → where it was found. */
const found = new Map()
function namedIn(specifier, context, next) {
  const from = packageOf(context.parentURL)
  if (from === undefined || Object.keys(context.importAttributes).length > 0) return next(specifier, context)
  const key = `${from} ${specifier}`
  const known = found.get(key)
  if (known !== undefined) return known
  const { url, format } = next(specifier, context)
  const answer = { url, format, shortCircuit: true }
  found.set(key, answer)
  return answer
}

// Absent from older Node: the start is slower, nothing else.
nodeModule.registerHooks?.({
  resolve(specifier, context, next) {
    const from = context.parentURL
    if (!from?.startsWith('file:') || context.conditions.includes('require')) return next(specifier, context)
    if (/^[a-z@]/i.test(specifier) && !specifier.includes(':')) return namedIn(specifier, context, next)
    // Imports of files by their whole name, as ES modules have it.
    if (!specifier.startsWith('.')) return next(specifier, context)
    const { href, search } = new URL(specifier, from)
    const format = search === '' ? formatOf(href) : undefined
    return format === undefined ? next(specifier, context) : { url: href, format, shortCircuit: true }
  },
})
