import type { Question, Understanding } from '../../domain/index.ts';
import type { World } from './world.ts';

/** A world in which some texts are understood as a test wants them; the others as the classifier does. */
export function understoodAs(world: World, script: Readonly<Record<string, Partial<Question>>>): World {
  return {
    ...world,
    understand: (text, context) => {
      const wanted = script[text];
      if (!wanted) return world.understand(text, context);
      const question: Question = { text, product: null, kind: 'request', confidence: 1, top: [], why: [], ...wanted };
      const understanding: Understanding = {
        language: context.language,
        languageConfidence: 0.5,
        move: null,
        questions: [question],
        model: 'm-1',
      };
      return understanding;
    },
  };
}
