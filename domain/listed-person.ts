/** Somebody in the organisation's list of people, as far as it takes to know who is meant. */
export interface ListedPerson {
  readonly name: string;
  readonly address: string | null;
  readonly department: string | null;
  readonly room: string | null;
  /** There is a budget of which he is the holder. */
  readonly holdsBudget: boolean;
}

/** By what people are looked for in that list: addresses and names as they were written, rooms as `normaliseRoom` writes them. */
export interface PeopleWanted {
  readonly addresses: readonly string[];
  readonly rooms: readonly string[];
  readonly names: readonly string[];
}
