import { MynakitError } from "../../errors.ts";
import { askForInformation, fetchRequests } from "../../portal/information.ts";
import { type InformationAnswer, type InformationQuestion, informationTopics } from "../../portal/wire/information.ts";
import type { Input, Run } from "../command.ts";
import type { Context } from "../context.ts";
import { shownPlatform } from "../login.ts";
import { wholeNumber } from "../number.ts";
import { type Output, requireFree, writeOutput } from "../output.ts";
import type { DataOf } from "../results.ts";
import { byteOrderMark, csvOf } from "./csv.ts";
import { periodAsked } from "./period.ts";
import { type PortalService, portalService } from "./service.ts";

const longestWait = 3600;
const second = 1000;
const standardOutput = "-";

/** Asks for a topic of one's own information and shows the answer when it is there; without a topic, what was asked. */
export const run: Run<DataOf<"portal info">> = async (context, input) => {
  const { untilAnswered } = input.options;
  const topic = informationTopics.find((one) => one === input.arguments.topic);
  const period = periodAsked(input.options.period);
  const wait = untilAnswered === undefined ? 0 : wholeNumber("--until-answered", untilAnswered, [1, longestWait]);
  const output = csvAsked(context, input);
  const service = await portalService(context);
  const platform = shownPlatform(service.platform);
  if (topic === undefined) {
    const requests = await fetchRequests(service.platform, service.accessToken);
    return { data: { requests, records: null, csv: null, platform } };
  }
  const { request, records } = await answerTo(context, service, { topic, ...period }, wait * second);
  const csv = records && output ? csvOf(records, context.messages) : null;
  if (csv !== null && output && output.file !== standardOutput) writeOutput(output, `${byteOrderMark}${csv}`);
  const written =
    csv === null || !output ? null : output.file === standardOutput ? { content: csv } : { file: output.file };
  return {
    data: { requests: [request], records: records && [...records], csv: written, platform },
    ...(output && csv === null && { warnings: [{ code: "WARN_CSV_PENDING", details: { topic } }] }),
  };
};

/** Asks, and again until the answer is there or the time is over. */
async function answerTo(
  { host }: Context,
  { platform, accessToken, newKey }: PortalService,
  question: InformationQuestion,
  wait: number,
): Promise<InformationAnswer> {
  for (let left = wait; ; left -= second) {
    const answer = await askForInformation(platform, accessToken, { ...question, idempotencyKey: newKey() });
    if (answer.records !== null || left <= 0) return answer;
    await host.sleep(second, host.interrupted);
  }
}

/** @throws {MynakitError} ERR_USAGE_OPTION, ERR_IO_EXISTS, ERR_IO_WRITE */
function csvAsked({ options: { json } }: Context, { arguments: { topic }, options }: Input): Output | undefined {
  if (options.csv === undefined) return undefined;
  const output: Output = { file: String(options.csv), force: options.force === true, option: "--csv" };
  if (topic === undefined) throw new MynakitError("ERR_USAGE_OPTION", { option: "TOPIC", problem: "missing" });
  if (output.file !== standardOutput) requireFree(output);
  else if (json)
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--csv", problem: "excludes", allowed: "--csv -, --json" });
  return output;
}
