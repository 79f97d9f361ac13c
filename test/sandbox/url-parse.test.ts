import { describe, expect, test } from "vitest";
import { provideUrlParse } from "../../src/sandbox/authorization/url-parse.ts";

describe("URL.parse for a runtime that lacks it", () => {
  class OldUrl extends URL {}
  Object.defineProperty(OldUrl, "parse", { value: undefined, configurable: true, writable: true });
  provideUrlParse(OldUrl);
  const { parse } = OldUrl as unknown as { parse: (url: string, base?: string) => URL | null };

  test("gives the URL, with and without a base", () => {
    expect(parse("https://example.invalid/a")?.pathname).toBe("/a");
    expect(parse("b", "https://example.invalid/a")?.href).toBe("https://example.invalid/b");
  });

  test("gives null for what is none, and throws never", () => {
    expect(parse("no url")).toBeNull();
    expect(parse("b", "no url")).toBeNull();
  });

  test("leaves a runtime that has it alone", () => {
    const own = () => null;
    class NewUrl extends URL {
      static override parse = own;
    }
    provideUrlParse(NewUrl);
    expect(NewUrl.parse).toBe(own);
  });
});
