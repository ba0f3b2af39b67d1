// Builds the program into a folder of dist/: a few dozen files instead of two thousand, without types. A start then takes half the processor
// time and a fifth less memory (docs/decisions/052); without it everything runs from the sources.
// `node apps/server/build.mjs` builds when the sources have changed since; the portal must have been built before.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inTurn } from '../in-turn.mjs'
import { ensurePortalBuilt } from '../portal/build.mjs'
import { builtProgram, dist, root, sourcesNow } from './bin/built.mjs'

const source = (path) => join(root, path)
/** Threads are programs of their own: each is an entry beside the command line. */
const entries = {
  dianzhang: source('apps/server/src/cli/dianzhang.ts'),
  'verify.worker': source('apps/server/src/cli/verify.worker.ts'),
  'search.worker': source('packages/register/src/search-index/search.worker.ts'),
  'text-work.worker': source('packages/text-work/src/text-work.worker.ts'),
}
/**
 * Packages of hundreds of small ES modules go in; the others are few files, or CommonJS, or look for files beside themselves,
 * and are loaded as ever.
 */
const taken =
  /^(drizzle-orm|better-auth|@better-auth\/[^/]+|better-call|@better-fetch\/fetch|nanostores|defu|zod|hono|@hono\/node-server|write-excel-file|jose|diff|xstate|postgres|csv-parse|entities|domutils|domhandler|dom-serializer|htmlparser2|domelementtype|@noble\/[^/]+|commander)(\/|$)/
/** How many builds stay, the newest among them. */
const kept = 3
const own = /^(\.|\/|[A-Za-z]:|@dianzhang\/)/

/**
 * Each file goes on looking for what lies beside it where it was written; only the threads are started from what was built.
 */
const places = {
  name: 'places',
  transform(code, id) {
    if (id.includes('node_modules') || !code.includes('import.meta.url')) return null
    const here = JSON.stringify(pathToFileURL(id).href)
    return code
      .split(/(new URL\('\.\/[\w-]+\.worker\.ts', import\.meta\.url\))/)
      .map((part, i) => (i % 2 === 1 ? part.replace('.ts', '.mjs') : part.replaceAll('import.meta.url', here)))
      .join('')
  },
}

async function build() {
  mkdirSync(dist, { recursive: true })
  // What a build that was killed left behind.
  for (const name of readdirSync(dist))
    if (name.includes('.')) rmSync(join(dist, name), { recursive: true, force: true })
  const hash = sourcesNow()
  const made = join(dist, `${hash}.${process.pid}`)
  const { rolldown } = await import('rolldown')
  try {
    const bundle = await rolldown({
      input: entries,
      cwd: root,
      platform: 'node',
      resolve: { conditionNames: ['node', 'import', 'default'] },
      external: (id) => id.startsWith('node:') || !(own.test(id) || taken.test(id)),
      plugins: [places],
      onLog: (level, { message }) => {
        if (level !== 'debug' && level !== 'info') console.error(message)
      },
    })
    await bundle.write({
      dir: made,
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    })
    await bundle.close()
    renameSync(made, join(dist, hash))
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
  // A server that runs from an earlier one still loads parts of it when they are first wanted.
  const age = (name) => statSync(join(dist, name)).mtimeMs
  for (const name of readdirSync(dist)
    .sort((a, b) => age(b) - age(a))
    .slice(kept))
    rmSync(join(dist, name), { recursive: true, force: true })
}

await ensurePortalBuilt()
const done = () => builtProgram() !== undefined
if (!done()) await inTurn(`${dist}.lock`, { done }, build)
