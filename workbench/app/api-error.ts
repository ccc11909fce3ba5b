/** What the server refused, in its own words. `status` 0: it wasn't reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
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
    return new ApiError(response.status, code, message);
  }
  return new ApiError(response.status, 'error', '');
}
