import '../base.css';
import { open } from '../open.tsx';
import { carrySession } from '../session.ts';
import { MyApp } from './app.tsx';
import { myPathOf, parseMyRoute } from './routes.ts';
import { signInOutside } from './sign-in.ts';

carrySession(signInOutside);
void open(<MyApp />, {
  // A deep link from a card names a case by its reference.
  onSubPage: (reference) => window.history.replaceState(null, '', myPathOf(parseMyRoute(`/my/case/${reference}`))),
});
