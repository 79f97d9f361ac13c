import { inspect } from "node:util";
import { expect, test } from "vitest";
import { AccessToken } from "../../src/login/access-token.ts";

test("an access token shows itself to nobody who does not ask for it by name", () => {
  const token = new AccessToken("geheim");
  const seen = [
    `${token}`,
    String(token),
    JSON.stringify({ token }),
    inspect({ token }),
    inspect(token, { showHidden: true }),
  ];
  expect(seen.filter((text) => text.includes("geheim"))).toEqual([]);
  expect(token.reveal()).toBe("geheim");
});
