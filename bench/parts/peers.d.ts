/** The little of the peers that the benchmark uses: the one has no types of its own, the other's do not compile under our settings. */
declare module '@nlpjs/basic' {
  interface Nlp {
    addLanguage(locale: string): void;
    addDocument(locale: string, text: string, intent: string): void;
    train(): Promise<void>;
    process(
      locale: string,
      text: string,
    ): Promise<{ readonly classifications: readonly { readonly intent: string; readonly score: number }[] }>;
  }
  export function dockStart(options: { readonly settings: object; readonly use: readonly string[] }): Promise<{ get(name: 'nlp'): Nlp }>;
}

declare module 'natural/lib/natural/classifiers/index.js' {
  interface BayesClassifier {
    addDocument(text: string, label: string): void;
    train(): void;
    getClassifications(text: string): readonly { readonly label: string; readonly value: number }[];
  }
  const classifiers: { readonly BayesClassifier: new () => BayesClassifier };
  export default classifiers;
}
