import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * What antd says to a screen reader in English and offers no word for: icons named by their file, the marks that clear what was
 * chosen or typed. Each is one place in one file; should it read otherwise one day, the build fails rather than speak English again.
 */
const english: ReadonlyArray<readonly [file: RegExp, said: string, instead: string]> = [
  [
    /@ant-design\/icons\/(?:es|lib)\/components\/AntdIcon(?:Light)?\.js/,
    '"aria-label": icon.name',
    '"aria-hidden": true',
  ],
  [
    /@rc-component\/input\/(?:es|lib)\/BaseInput\.js/,
    'createElement("button", {',
    'createElement("button", { "aria-label": "清除",',
  ],
  [/@rc-component\/dialog\/(?:es|lib)\/Dialog\/Content\/Panel\.js/, '"aria-label": "Close"', '"aria-label": "关闭"'],
  [/@rc-component\/select\/(?:es|lib)\/hooks\/useAllowClear\.js/, "?? 'Clear'", "?? '清除'"],
]
const noEnglish: Plugin = {
  name: 'no-english',
  enforce: 'pre',
  transform(code, id) {
    const place = english.find(([file]) => file.test(id))
    if (!place) return null
    const [, said, instead] = place
    if (!code.includes(said)) this.error(`${id} says it elsewhere now`)
    return code.replace(said, instead)
  },
}
/** The look of the empty page stands in it; what the styles of the whole program weigh must not be waited for before it shows. */
const stylesBehind: Plugin = {
  name: 'styles-behind',
  enforce: 'post',
  transformIndexHtml(html) {
    const links = html.match(/\s*<link rel="stylesheet"[^>]*>/g) ?? []
    return links.reduce((page, link) => page.replace(link, ''), html).replace('</body>', `${links.join('')}\n  </body>`)
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/staff/',
  logLevel: 'warn',
  plugins: [react(), noEnglish, stylesBehind],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // elk alone is far beyond the default warning and is loaded only with the chart.
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What every page loads before it shows, in two files: the libraries, which stay in the browser's cache from one release to
        // the next, and the program itself. Left alone, the bundler makes a file of every few modules that some other page needs as
        // well: forty small files, each a request, before the first page.
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /[\\/]node_modules[\\/]/ },
            { name: 'start', tags: ['$initial'] },
          ],
        },
      },
    },
  },
})
