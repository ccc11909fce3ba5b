/** Vite hands a style sheet over as its minified text, so that it can live in the shadow root. */
declare module '*.css?inline' {
  const text: string;
  export default text;
}
