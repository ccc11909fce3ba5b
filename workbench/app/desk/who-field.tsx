import { Button, Combobox, Field, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import { useSettled } from '../browser-state.ts';
import { LANGUAGES, useSpeech } from '../language.tsx';
import { peopleQuery } from '../queries.ts';
import { PersonLine } from './person-line.tsx';
import type { Typed } from './use-registration.ts';

const TYPING_MS = 200;

const useStyles = makeStyles({
  chosen: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  whole: { width: '100%', minWidth: 0 },
});

interface WhoFieldProps {
  readonly typed: Typed;
  readonly change: (more: Partial<Typed>) => void;
  readonly missing: string | undefined;
  readonly field: Ref<HTMLInputElement>;
}

/** Who asks: somebody from the list, or by name alone. */
export function WhoField({ typed, change, missing, field }: WhoFieldProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const search = useSettled(typed.who, TYPING_MS);
  const found = useQuery(peopleQuery(search)).data?.people ?? [];
  if (typed.person)
    return (
      <>
        <div className={styles.chosen}>
          <PersonLine person={typed.person} />
          <Button appearance="subtle" onClick={() => change({ person: null, who: '', phone: '' })}>
            {t('register.other')}
          </Button>
        </div>
        {typed.person.phone === null && !(typed.person.verified && typed.person.address !== null) && (
          <Phone typed={typed} change={change} hint={t('register.byPhone')} />
        )}
      </>
    );
  const name = typed.who.trim();
  return (
    <>
      <Field
        label={t('register.who')}
        required
        hint={t('register.whoHint')}
        {...(missing ? { validationState: 'error', validationMessage: missing } : {})}
      >
        <Combobox
          input={{ ref: field }}
          className={styles.whole}
          autoFocus
          freeform
          autoComplete="off"
          value={typed.who}
          selectedOptions={[]}
          onChange={(event) => change({ who: event.target.value })}
          onOptionSelect={(_, { optionValue }) => {
            const person = found.find(({ id }) => id === optionValue);
            if (person) change({ person, who: '', phone: '', ...(isLanguage(person.language) ? { language: person.language } : {}) });
          }}
        >
          {found.map((person) => (
            <Option key={person.id} value={person.id} text={person.name}>
              <PersonLine person={person} />
            </Option>
          ))}
        </Combobox>
      </Field>
      {name !== '' && <Phone typed={typed} change={change} hint={t('register.new', { name })} />}
    </>
  );
}

function isLanguage(language: string | null): language is Typed['language'] {
  return LANGUAGES.some((known) => known === language);
}

function Phone({ typed, change, hint }: Pick<WhoFieldProps, 'typed' | 'change'> & { readonly hint: string }) {
  const { t } = useSpeech();
  return (
    <Field label={t('register.phone')} hint={hint}>
      <Input type="tel" autoComplete="off" maxLength={40} value={typed.phone} onChange={(_, { value }) => change({ phone: value })} />
    </Field>
  );
}
