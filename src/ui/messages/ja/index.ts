import type { Messages } from "../messages.ts";
import { apdu } from "./apdu.ts";
import { commands, globalOptions, help, nouns } from "./commands.ts";
import { errors, warnings } from "./errors.ts";
import { operator } from "./operator.ts";
import { points } from "./points.ts";
import { portal } from "./portal.ts";
import { procedures } from "./procedures.ts";
import { pins, progress, prompt, purposes, words } from "./words.ts";

export const ja: Messages = {
  language: "ja",
  errors,
  warnings,
  commands,
  nouns,
  globalOptions,
  help,
  pins,
  purposes,
  prompt,
  progress,
  words,
  apdu,
  operator,
  points,
  portal,
  procedures,
  explanations: async () => (await import("./explanations.ts")).explanations,
};
