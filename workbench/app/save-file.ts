/** Saves content under a name. It was fetched, not linked to: within Teams a page carries its session itself, and a link would not. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
