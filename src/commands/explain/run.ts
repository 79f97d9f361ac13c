import { MynakitError } from "../../errors.ts";
import type { Explanations, Messages } from "../../ui/messages/messages.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { mynakitCodes, mynakitExplanation } from "./mynakit-codes.ts";
import { type RelatedSite, relatedSites } from "./related-sites.ts";
import {
  isServiceCode,
  isTopic,
  nearest,
  type ServiceCode,
  serviceCodes,
  subjectCalled,
  type Topic,
  topics,
} from "./subjects.ts";

type Data = DataOf<"explain">;
type Explanation = NonNullable<Data["explanation"]>;

const topicIds = Object.keys(topics) as Topic[];
const siteIds = Object.keys(relatedSites) as RelatedSite[];
const serviceCodeIds = Object.keys(serviceCodes) as ServiceCode[];

/**
 * Explains a topic or a code; without either, says what can be explained. Needs no card and no platform.
 * @throws {MynakitError} ERR_USAGE_TOPIC
 */
export const run: Run<Data> = async ({ messages }, { arguments: { topic } }) => {
  const words = await messages.explanations();
  if (topic === undefined) return { data: { entries: entries(words, messages) } };
  const given = String(topic);
  const id = subjectCalled(given, mynakitCodes);
  if (id === undefined) {
    const near = nearest(given, [...topicIds, ...serviceCodeIds, ...mynakitCodes]);
    throw new MynakitError("ERR_USAGE_TOPIC", { near });
  }
  if (isTopic(id)) return { data: { explanation: topicExplanation(id, words) } };
  if (isServiceCode(id)) return { data: { explanation: codeExplanation(id, words.serviceCodes[id]) } };
  return { data: { explanation: mynakitExplanation(id, messages) } };
};

const entries = (
  { topics: words, serviceCodes: codes }: Explanations,
  messages: Messages,
): NonNullable<Data["entries"]> => [
  ...topicIds.map((id) => ({ id, kind: "topic" as const, title: words[id].title })),
  ...serviceCodeIds.map((id) => ({ id, kind: serviceCodes[id].kind, title: codes[id].cause })),
  ...mynakitCodes.map((id) => ({ id, kind: "mynakit-code" as const, title: firstCase(id, messages) })),
];

const firstCase = (id: string, messages: Messages): string =>
  mynakitExplanation(id, messages).cases[0]?.cause.split("\n", 1)[0] ?? id;

const nothingElse = { paragraphs: [], steps: [], cases: [], addresses: [], sources: [], exit: null, retryable: null };

function topicExplanation(id: Topic, words: Explanations): Explanation {
  const { sources, addresses = [] }: { sources: readonly string[]; addresses?: readonly string[] } = topics[id];
  const { title, paragraphs, steps } = words.topics[id];
  return {
    ...nothingElse,
    ...(id === "related-sites" && {
      sites: siteIds.map((site) => ({ id: site, ...words.sites[site], ...relatedSites[site] })),
    }),
    id,
    kind: "topic",
    title,
    paragraphs: [...paragraphs],
    steps: [...steps],
    addresses: [...addresses],
    sources: [...sources],
  };
}

function codeExplanation(id: ServiceCode, { cause, remedy }: Explanation["cases"][number]): Explanation {
  const { kind, sources } = serviceCodes[id];
  return { ...nothingElse, id, kind, title: id, cases: [{ cause, remedy }], sources: [...sources] };
}
