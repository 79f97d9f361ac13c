import type { Context, Env, MiddlewareHandler } from "hono";

/**
 * Refuses a request whose body is larger than it may be, whether it says so or not. Hono's own middleware makes the
 * request anew from one that the Node.js server only imitates, which fails where no length was said.
 */
export function bodyLimit<E extends Env>(
  most: number,
  tooLarge: (context: Context<E>) => Response | Promise<Response>,
): MiddlewareHandler<E> {
  return async (context, next) => {
    const { raw } = context.req;
    const said = raw.headers.has("transfer-encoding") ? null : raw.headers.get("content-length");
    if (said !== null) return Number(said) > most ? tooLarge(context) : next();
    if (!raw.body) return next();
    const body = await readUpTo(most, raw.body);
    if (!body) return tooLarge(context);
    const { method, headers, signal } = raw;
    context.req.raw = new Request(raw.url, { method, headers, signal, ...(body.length > 0 && { body }) });
    return next();
  };
}

/** All of a body; undefined where it is larger. */
async function readUpTo(most: number, body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > most) return undefined;
    parts.push(read.value);
  }
  return new Uint8Array(Buffer.concat(parts));
}
