import { expect, test } from "vitest";
import { mayBePlain, platformUrl } from "../../src/login/platform.ts";

test.each([
  ["https://mykey.example/", "https://mykey.example"],
  ["https://mykey.example/base/", "https://mykey.example/base"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://localhost:8080/", "http://localhost:8080"],
  ["http://[::1]:1", "http://[::1]:1"],
])("%s is a platform", (given, url) => {
  expect(platformUrl(given)).toBe(url);
});

test.each([
  "http://mykey.example",
  "http://127.0.0.1.evil.example",
  "http://localhost.evil.example",
  "http://128.0.0.1",
  "ftp://127.0.0.1",
  "file:///etc/passwd",
  "https://mykey.example/?a=b",
  "https://mykey.example/#a",
  "mykey.example",
  "",
])("%j is none", (given) => {
  expect(() => platformUrl(given)).toThrow(expect.objectContaining({ code: "ERR_USAGE_PLATFORM" }));
});

test("a password in the URL is refused and not repeated", () => {
  try {
    platformUrl("https://user:geheim@mykey.example");
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "ERR_USAGE_PLATFORM", details: { given: "https://user@mykey.example/" } });
  }
});

test("only this machine and the embedded platform may go without TLS [row 61]", () => {
  expect(mayBePlain("http://127.9.9.9:1")).toBe(true);
  expect(mayBePlain("http://embedded.mynakit.invalid")).toBe(true);
  expect(mayBePlain("https://mykey.example")).toBe(false);
});
