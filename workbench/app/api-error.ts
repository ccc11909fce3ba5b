/** What the server refused, in its own words. `status` 0: it wasn't reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** What is filled into the page's own words for it. */
  readonly values: Readonly<Record<string, number>>;
  constructor(status: number, code: string, message: string, values: Readonly<Record<string, number>> = {}) {
    super(message);
    this.values = values;
    this.status = status;
    this.code = code;
  }
}

/** A proxy in between may answer with a page of its own: then the status is all there is. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (body !== null && typeof body === 'object' && 'error' in body && body.error !== null && typeof body.error === 'object') {
    const code = 'code' in body.error ? String(body.error.code) : 'error';
    const message = 'message' in body.error ? String(body.error.message) : '';
    const values = 'values' in body.error ? numbersIn(body.error.values) : {};
    return new ApiError(response.status, code, message, values);
  }
  return new ApiError(response.status, 'error', '');
}

function numbersIn(given: unknown): Record<string, number> {
  const pairs = given !== null && typeof given === 'object' ? Object.entries(given) : [];
  return Object.fromEntries(pairs.flatMap(([key, value]) => (typeof value === 'number' ? [[key, value] as const] : [])));
}
