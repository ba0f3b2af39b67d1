// What the text of a Word file is read into.
/** A paragraph or table of the text, in order. */
export type Block = { kind: 'paragraph'; text: string } | { kind: 'table'; rows: string[][] }
