/**
 * Feeds what reads bytes from outside with damaged inputs made from fixtures/corpus:
 *
 *     tsx scripts/fuzz.ts [--count N] [--seed N] [TARGET…]
 *     tsx scripts/fuzz.ts --at INDEX [--seed N] TARGET       prints one input in hexadecimal
 */
import { parseArgs } from "node:util";
import { corpusOf, inputAt } from "./fuzz/inputs.ts";
import { fuzz } from "./fuzz/run.ts";
import { targets } from "./fuzz/targets.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    at: { type: "string" },
  },
});
const seed = Number(values.seed);
const names = positionals.length > 0 ? positionals : Object.keys(targets);

if (values.at !== undefined) {
  for (const name of names) {
    console.log(Buffer.from(inputAt(corpusOf(name), seed, Number(values.at))).toString("hex"));
  }
} else {
  for (const name of names) {
    const { count, refused, seconds, slowest, megabytes } = await fuzz(name, { count: Number(values.count), seed });
    const rate = Math.round(count / seconds);
    const worst = `slowest ${slowest.milliseconds.toFixed(1)} ms (${slowest.index})`;
    console.log(
      `${name}: ${count} inputs, ${rate} a second, ${refused} refused, ${worst}, ${Math.round(megabytes)} MB`,
    );
  }
}
