import type { PinPrompt } from "./commands/context.ts";
import type { Host } from "./host.ts";
import { parseWrittenDay } from "./jpki/certificate/japanese-date.ts";
import { composeB } from "./jpki/verification-number.ts";
import type { Messages } from "./ui/messages/messages.ts";
import { askSecret, pinQuestion } from "./ui/prompt.ts";

const inner = (pattern: RegExp, text: string): string | undefined => pattern.exec(text.normalize("NFKC").trim())?.[1];

/**
 * Verification number B, composed from what a person at the terminal reads off the card; asked again where an entry
 * cannot be right, so that none costs a try.
 * @returns 14 digits
 */
export async function askNumberB(host: Host, messages: Messages, prompt: PinPrompt): Promise<string> {
  const { prompt: words } = messages;
  const { birthYear = "era" } = prompt;
  const ask = async (
    question: string,
    malformed: string,
    parse: (text: string) => string | undefined,
  ): Promise<string> => {
    const text = await askSecret(host, question, (typed) => (parse(typed) === undefined ? malformed : undefined));
    return parse(text) ?? "";
  };
  const compose = (birth: string, expiryYear = "", securityCode = ""): string | undefined => {
    const day = parseWrittenDay(birth);
    return (day && composeB({ birth: day, expiryYear, securityCode }, birthYear)) ?? undefined;
  };
  const introduction = `${pinQuestion(messages, prompt)}\n${words.numberBYear[birthYear]}\n`;
  const birth = await ask(introduction + words.numberBBirth, words.numberBNoDate, (text) => compose(text));
  const year = await ask(words.numberBExpiry, words.numberBNoYear, (text) => inner(/^(20\d\d)年?$/, text));
  const code = await ask(words.numberBCode, words.numberBNoCode, (text) => inner(/^(\d{4})$/, text));
  return `${birth}${year}${code}`;
}
