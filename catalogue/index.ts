/**
 * The room of the catalogue: what the organisation offers, who does it and what the desk may answer. YAML files (FORMAT.md) are read and
 * checked by `loadCatalogue`, published in the register as JSON and read back by `parseCatalogue`; everybody else looks things up in the
 * `Catalogue`. No code here or elsewhere knows a product's id.
 */
export { normaliseBudget } from './budget.ts';
export { CsvError, readCsv } from './csv.ts';
export { LIST_KINDS, type ListKind, readList } from './lists.ts';
export { type LoadResult, loadCatalogue } from './load.ts';
export { agreedTimes, businessHoursOf, calendarOf, handlerOf, openBy, parseCatalogue, productOf, standbyAt, teamOf } from './lookup.ts';
export { foldLetters, type Phrase, parsePhrase } from './phrase.ts';
export { formatProblem, type Problem } from './problem.ts';
export { buildingsOfPlace, isPlace, namesOf, plainWords, siteNamed, wordsOfPlace } from './sites.ts';
export { groupSkill, isSkill, isSkilledFor, mostClaims, productsBySkill } from './skills.ts';
export { exportSheets, importSheets, type SheetImport } from './spreadsheet.ts';
export * from './types.ts';
