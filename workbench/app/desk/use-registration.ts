import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Kind, Language, Means } from '../../../domain/index.ts';
import type { PersonRow, RegisteredCase, RegisterRequest, StorySoFar } from '../../protocol.ts';
import { api } from '../api.ts';
import { useUploads } from '../case/use-uploads.ts';
import { useSpeech } from '../language.tsx';
import { refreshLists } from '../queries.ts';
import { useFailure } from '../use-failure.ts';
import { newId } from './new-id.ts';

/** What an agent has typed and settled. */
export interface Typed {
  readonly means: Means;
  /** As typed, while nobody is chosen: the name of somebody new. */
  readonly who: string;
  readonly person: PersonRow | null;
  readonly phone: string;
  readonly language: Language;
  readonly story: string;
  /** Undefined: as the desk sees it. */
  readonly product: string | null | undefined;
  readonly kind: Kind | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly disruption: string | null | undefined;
}

/** A registration from its first letter to the number that is read aloud. */
export function useRegistration() {
  const { language } = useSpeech();
  const client = useQueryClient();
  // One id for all attempts, so that what is sent twice is registered once.
  const [id, setId] = useState(() => newId());
  const [typed, setTyped] = useState<Typed>(() => blank(language, 'phone'));
  const [done, setDone] = useState<RegisteredCase | null>(null);
  const scans = useUploads(api.scan);
  const change = useCallback((more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more })), []);
  const { mutate, isPending } = useMutation({
    mutationFn: (answered: string | null) => api.register(requestOf(id, typed, scans.ready, answered)),
    onSuccess: (registered) => {
      setDone(registered);
      scans.sent();
      refreshLists(client);
    },
    onError: useFailure(),
  });
  const again = useCallback(() => {
    setId(newId());
    setTyped((before) => blank(language, before.means));
    setDone(null);
  }, [language]);
  return { id, typed, change, scans, done, busy: isPending, register: mutate, again };
}

/** What the desk is asked while one types. */
export function storyOf({ story, language, person, product, kind, values }: Typed): StorySoFar {
  return {
    text: story,
    language,
    values,
    ...(person ? { person: person.id } : {}),
    ...(product === undefined ? {} : { product }),
    ...(kind === undefined ? {} : { kind }),
  };
}

function blank(language: Language, means: Means): Typed {
  return {
    means,
    who: '',
    person: null,
    phone: '',
    language,
    story: '',
    product: undefined,
    kind: undefined,
    values: {},
    disruption: undefined,
  };
}

function requestOf(id: string, typed: Typed, attachments: readonly string[], answered: string | null): RegisterRequest {
  const { person: _, ...story } = storyOf(typed);
  const { person, who, phone } = typed;
  return {
    ...story,
    id,
    means: typed.means,
    requester: { ...(person ? { id: person.id } : { name: who.trim() }), ...(phone.trim() ? { phone: phone.trim() } : {}) },
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(answered ? { answered } : {}),
    ...(typed.disruption === undefined ? {} : { disruption: typed.disruption }),
  };
}
