export { type Typeset, typesetOf } from './typeset.ts'
