import { useQuery } from '@tanstack/react-query';
import { suggestionsQuery } from '../queries.ts';

/** Whether a suggestion stands in a text as it was suggested: nobody has made it their own yet. */
export function useSuggested(caseId: string, text: string): boolean {
  const { data } = useQuery({ ...suggestionsQuery(caseId), enabled: text !== '' });
  if (!data) return false;
  const offered = [...data.replies.map((reply) => reply.text), ...data.similar.map(({ answer }) => answer)];
  return offered.some((words) => words !== '' && text.includes(words));
}
