import type { FastifyInstance } from 'fastify';
import { ownWords } from '../bot/index.ts';
import { type Catalogue, productOf } from '../catalogue/index.ts';
import { bestAnswer } from '../intents/index.ts';
import type { Colleague, ListedCase, Register } from '../register/index.ts';
import type { Suggestions } from './protocol.ts';
import type { Sessions } from './session.ts';

interface SuggestionOptions {
  readonly register: Pick<Register, 'solved'>;
  readonly sessions: Sessions;
  readonly catalogue: () => Catalogue;
  readonly found: (id: string, colleague: Colleague) => Promise<ListedCase>;
}

const ALIKE = 5;

/** How alike questions were solved, and what might be answered: for a colleague to take over and change, never sent by itself. */
export async function suggestionRoutes(app: FastifyInstance, { register, sessions, catalogue, found }: SuggestionOptions): Promise<void> {
  app.get<{ Params: { id: string } }>('/cases/:id/suggestions', async (request): Promise<Suggestions> => {
    const colleague = await sessions.colleague(request);
    const { case: it } = await found(request.params.id, colleague);
    const solved = await register.solved.like(it.id, colleague, ALIKE);
    const similar = solved.map((one) => ({
      id: one.id,
      reference: one.reference,
      title: one.title,
      readyAt: one.readyAt.toISOString(),
      answer: ownWords(one.answer, one.reference, one.language),
    }));
    const answers = (it.product && productOf(catalogue(), it.product)?.answers) || [];
    const fitting = bestAnswer(answers, it.text, it.language);
    const [like] = solved.filter(({ language }) => language === it.language);
    const earlier = like && similar.find(({ id }) => id === like.id);
    return {
      similar,
      replies: [
        ...(fitting ? [{ from: 'catalogue' as const, reference: null, text: fitting.answer.text[it.language] }] : []),
        ...(earlier ? [{ from: 'case' as const, reference: earlier.reference, text: earlier.answer }] : []),
      ],
    };
  });
}
