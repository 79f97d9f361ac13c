import { expect, onTestFinished } from "vitest";
import { type Exchange, problemsOf } from "./protocol.ts";

/** What went over the wire in this file's tests. */
export const exchanges: Exchange[] = [];

/**
 * A `fetch` whose test fails where the platform, or a request that it grants, is not as the protocol's description says.
 * @param isPlatform whether a URL is one of the platform
 */
export function checkedFetch(real: typeof fetch, isPlatform: (url: string) => boolean, problems: string[] = []) {
  return async (...[input, init]: Parameters<typeof fetch>): Promise<Response> => {
    const request = new Request(input, init);
    if (!isPlatform(request.url)) return real(input, init);
    const sent = await request.clone().text();
    const response = await real(input, init);
    const { method, headers } = request;
    const { status } = response;
    const answer = { status, headers: response.headers, body: await response.clone().text() };
    const exchange = { method, path: new URL(request.url).pathname, request: { headers, body: sent }, answer };
    exchanges.push(exchange);
    problems.push(...problemsOf(exchange).map((problem) => `${method} ${exchange.path}, ${status}: ${problem}`));
    return response;
  };
}

/** Fails the test at its end where something was not as described. */
export function expectNone(problems: readonly string[]): void {
  onTestFinished(() => {
    expect(problems).toEqual([]);
  });
}

const platforms = new Map<string, string[]>();
const problemsAt = (url: string): string[] | undefined => platforms.get(new URL(url).origin);
const real = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const { url } = new Request(input, init);
  return checkedFetch(real, (asked) => problemsAt(asked) !== undefined, problemsAt(url))(input, init);
};

/** Has everything checked that the platform at a URL answers to `fetch`. */
export function watchPlatform(url: string): void {
  const problems: string[] = [];
  platforms.set(new URL(url).origin, problems);
  expectNone(problems);
}
