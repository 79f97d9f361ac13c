import { Agent, request } from "node:http";

export interface Sent {
  readonly path: string;
  readonly token?: string | undefined;
  readonly idempotencyKey?: string;
  readonly body?: object | undefined;
  readonly form?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

/** Sends a POST, or a GET where there is nothing to send. Undefined: no whole answer came, and nobody knows whether anything was done. */
export function send(url: string, { path, token, idempotencyKey, body, form }: Sent): Promise<Answer | undefined> {
  const content = form ? new URLSearchParams(form).toString() : body && JSON.stringify(body);
  const headers = {
    "content-type": form ? "application/x-www-form-urlencoded" : "application/json",
    "content-length": Buffer.byteLength(content ?? ""),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
  };
  return new Promise((resolve) => {
    const sending = request(
      `${url}${path}`,
      { method: content === undefined ? "GET" : "POST", agent, headers },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", () => resolve(undefined));
        response.on("close", () => resolve(response.complete ? { status: response.statusCode ?? 0, text } : undefined));
      },
    );
    sending.on("error", () => resolve(undefined));
    sending.end(content ?? "");
  });
}
