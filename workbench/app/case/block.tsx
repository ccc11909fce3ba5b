import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  blocks: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL, padding: tokens.spacingHorizontalL },
  block: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
});

/** The parts of a tab, one below the other. */
export function Blocks({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles().blocks}>{children}</div>;
}

export function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={useStyles().block}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      {children}
    </section>
  );
}
