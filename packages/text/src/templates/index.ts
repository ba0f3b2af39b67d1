export { type RequiredClause, requiredClauses } from './clauses.ts'
export { hasTemplate, type MaterialFacts, materialTemplate, type TemplatedMaterial } from './materials.ts'
export {
  genreOfTitle,
  type Template,
  type TemplateFacts,
  type TemplateGenre,
  templateGenres,
  templateOf,
  type Unfilled,
  unfilledOf,
} from './templates.ts'
