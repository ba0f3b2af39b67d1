// Node cannot run .tsx directly: this builds one dist/index.js and leaves all packages outside, for Node to load as
// usual.
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  ssr: { external: true },
  build: {
    ssr: 'src/index.tsx',
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: (id) => !id.startsWith('.') && !isAbsolute(id),
      output: { entryFileNames: 'index.js' },
    },
  },
  plugins: [
    {
      // The style sheet is a plain file beside the program, in src as in dist.
      name: 'style-sheet',
      async generateBundle() {
        const { readFile } = await import('node:fs/promises')
        const source = await readFile(new URL('src/portal.css', import.meta.url), 'utf8')
        this.emitFile({ type: 'asset', fileName: 'portal.css', source })
      },
    },
  ],
})
