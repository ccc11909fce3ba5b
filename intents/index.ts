/**
 * The room of intents: what somebody typed -> what they mean. A local model, learned from the catalogue's own examples in
 * about a second and without network, says the product, the kind and how sure it is, or that nothing fits; rules say the
 * language and the moves (greeting, yes, status, ...), and a message with two questions is taken apart. Every prediction can
 * name the words that weighed most. Also here: which first-line answer fits a question, and measuring all of this.
 */
export { bestAnswer, type FittingAnswer } from './answers.ts';
export { type Correction, examplesToJudge, examplesWith, judgedBy, taughtBy } from './corrections.ts';
export { doesNotKnow } from './dont-know.ts';
export { type Evaluation, type EvaluationRow, evaluate, outOfScopeRecallAt, type Prediction } from './evaluate.ts';
export { type Example, examplesOf } from './examples.ts';
export { type Judgement, judgementSchema, NONE, objection, productsWorse, type Score } from './gate.ts';
export { languageOf } from './language.ts';
export { Assistant, type AssistedTurn } from './llm/assistant.ts';
export type { Help, LlmBudget, LlmSettings } from './llm/client.ts';
export { maskForLearning } from './mask.ts';
export { DESK_PRODUCT, FORMAT, type Model, modelId } from './model.ts';
export { deserialise, serialise } from './serialise.ts';
export { type TrainOptions, train } from './train.ts';
export { judgeInWorker, stopTraining, trainInWorker } from './train-in-worker.ts';
export { closeCandidates, type UnderstandContext, understand } from './understand.ts';
