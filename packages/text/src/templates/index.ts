export { type RequiredClause, requiredClauses } from './clauses.ts'
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
