// Starts a second sooner: what was compiled is kept for the next time, and drizzle-orm's relative imports skip its package.json.
// Node reads the nearest package.json for every file it resolves, and drizzle-orm's lists 180 KB of entry points:
// parsed several hundred times, that was two thirds of every start (docs/decisions/014).
import * as nodeModule from 'node:module'

// Stripped and compiled files are kept between runs: a short command answers in a quarter of the time.
nodeModule.enableCompileCache?.()

const within = '/node_modules/drizzle-orm/'

// Absent from older Node: the start is slower, nothing else.
nodeModule.registerHooks?.({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('.') || !specifier.endsWith('.js') || !context.parentURL?.includes(within))
      return next(specifier, context)
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
  },
})
