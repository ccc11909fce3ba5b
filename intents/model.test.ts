import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';
import { FIXTURE } from './examples-fixture.ts';
import { deserialise, evaluate, FORMAT, modelId, serialise, train, trainInWorker } from './index.ts';

describe('the model', () => {
  it('is the same for the same examples', () => {
    expect(serialise(train(FIXTURE)).equals(serialise(train(FIXTURE)))).toBe(true);
  });

  it('comes back from bytes saying the same', () => {
    const model = train(FIXTURE);
    const again = deserialise(serialise(model));
    expect(again.id).toBe(model.id);
    for (const { text } of FIXTURE) expect(classify(again, text).top).toEqual(classify(model, text).top);
  });

  it('refuses bytes of another format', () => {
    const bytes = Buffer.from(serialise(train(FIXTURE)));
    bytes[3] = FORMAT + 1;
    expect(() => deserialise(bytes)).toThrow(/train it anew/);
    expect(() => deserialise(Buffer.from('no model at all'))).toThrow(/train it anew/);
  });

  it('trains in a thread to the same bytes', async () => {
    expect((await trainInWorker(FIXTURE)).equals(serialise(train(FIXTURE)))).toBe(true);
  });

  it('has an id by the catalogue version', () => {
    expect(modelId('c-1')).toMatch(/^local-[0-9a-f]{6}$/);
    expect(modelId('c-1')).not.toBe(modelId('c-2'));
  });

  it('learns from examples of what nothing fits, and from very few', () => {
    const model = train([...FIXTURE, { text: 'tell me a joke', product: null }, { text: 'vertel een mop', product: null }]);
    expect(model.products).not.toContain('null');
    expect(classify(train([{ text: 'lamp stuk', product: 'lamp' }]), 'de lamp is stuk').top[0]?.product).toBe('lamp');
    expect(classify(train([]), 'de lamp is stuk').top).toEqual([]);
  });
});

describe('evaluating', () => {
  it('counts right, abstained and out of scope over the rows that tell', () => {
    const found = evaluate(train(FIXTURE), [
      { text: 'de koffieautomaat is leeg', product: 'coffee', kind: 'fault' },
      { text: 'forgot my password', product: 'password' },
      { text: 'qwzx plmk vvrt', product: null },
    ]);
    expect(found).toMatchObject({ rows: 3, accuracy: 1, top3: 1, kind: 1, auroc: 1, outOfScopeRecall: 1, falseAbstain: 0 });
    expect(found.predictions[2]).toMatchObject({ expected: null, predicted: null });
  });

  it('says null where the rows cannot tell', () => {
    expect(evaluate(train(FIXTURE), [{ text: 'forgot my password', product: 'password' }])).toMatchObject({
      kind: null,
      auroc: null,
      outOfScopeRecall: null,
    });
  });
});
