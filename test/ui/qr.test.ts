import { expect, test } from "vitest";
import { drawQr } from "../../src/ui/qr.ts";

const modules = [
  [true, true, false],
  [true, false, false],
  [false, true, true],
];

test("a QR code is drawn two modules in a character, light on dark by colours of its own", () => {
  expect(drawQr(modules, 3)).toBe("\x1b[40;97m ▄█\x1b[0m\n\x1b[40;97m█▄▄\x1b[0m");
});

test("a QR code that the terminal would break is not drawn", () => {
  expect(drawQr(modules, 2)).toBeNull();
});
