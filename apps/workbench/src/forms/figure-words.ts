// A text with figures of a report in it: stored as `{{issued}}`, written and read as “【制发件数】”.
export interface NamedFigure {
  id: string
  label: string
}
const stored = /\{\{([a-z0-9.-]+)\}\}/g
const written = /【([^【】]{1,80})】/g

/** As the author reads it; an id without a name stays as it is. */
export const figuresInWords = (text: string, figures: readonly NamedFigure[]): string =>
  text.replace(stored, (all, id) => {
    const found = figures.find((each) => each.id === id)
    return found ? `【${found.label}】` : all
  })
/** As it is handed in. */
export const figuresById = (text: string, figures: readonly NamedFigure[]): string =>
  text.replace(written, (all, label) => {
    const found = figures.find((each) => each.label === label)
    return found ? `{{${found.id}}}` : all
  })
/** What stands in such brackets and is no figure: it would be printed as written. */
export const notFigures = (text: string, figures: readonly NamedFigure[]): string[] =>
  [...figuresById(text, figures).matchAll(written)].map(([all]) => all)
