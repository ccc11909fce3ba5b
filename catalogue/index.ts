/**
 * The room of the catalogue: what the organisation offers, who does it and what the desk may answer. YAML files (FORMAT.md) are read and
 * checked by `loadCatalogue`, published in the register as JSON and read back by `parseCatalogue`; everybody else looks things up in the
 * `Catalogue`. No code here or elsewhere knows a product's id.
 */
export { normaliseBudget } from './budget.ts';
export { type LoadResult, loadCatalogue } from './load.ts';
export { businessHoursOf, parseCatalogue, productOf, teamOf } from './lookup.ts';
export { formatProblem, type Problem } from './problem.ts';
export * from './types.ts';
