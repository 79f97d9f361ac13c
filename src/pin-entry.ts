import type { Context, PinChangePrompt, PinPrompt, Purpose } from "./commands/context.ts";
import type { GlobalOptions } from "./commands/options.ts";
import { pinSource, readPins } from "./commands/pin-input.ts";
import { isError, MynakitError, type SecretLine } from "./errors.ts";
import type { Host } from "./host.ts";
import type { PinReference } from "./jpki/applications.ts";
import type { Pin } from "./jpki/pin/pin.ts";
import { obviousness, parseNewPin, parsePin } from "./jpki/pin/policy.ts";
import { parseNumberA } from "./jpki/verification-number.ts";
import { LoginPassword } from "./login/login-password.ts";
import type { Messages } from "./ui/messages/messages.ts";

export interface PinEntryParts {
  readonly host: Host;
  readonly messages: Messages;
  readonly options: GlobalOptions;
  /** Takes a spinner away before anybody is waited for. */
  readonly clear: () => void;
}

type PinEntry = Pick<Context, "askPin" | "askPinChange" | "askPassword" | "askNewPassword">;
type PinPair = Awaited<ReturnType<PinEntry["askPinChange"]>>;

/**
 * Where the PINs of one command come from: the source that an option names, else the person at the terminal.
 * @throws {MynakitError} ERR_USAGE_PIN_SOURCES
 */
export function pinEntry(parts: PinEntryParts): PinEntry {
  const entry = pinSource(parts.options) ? fromSource(parts) : fromTerminal(parts);
  const cleared =
    <P extends unknown[], T>(ask: (...prompt: P) => Promise<T>) =>
    (...prompt: P): Promise<T> => {
      parts.clear();
      return ask(...prompt);
    };
  const { askPin, askPinChange, askPassword, askNewPassword } = entry;
  return {
    askPin: cleared(askPin),
    askPinChange: cleared(askPinChange),
    askPassword: cleared(askPassword),
    askNewPassword: cleared(askNewPassword),
  };
}

const isNumberA = ({ id }: PinReference): boolean => id === "text-a" || id === "visual-a";
const isNumberB = ({ id }: PinReference): boolean => id === "text-b" || id === "visual-b";

/** Verification number A is the My Number, which tells of itself when it was mistyped. */
const parseOf =
  (reference: PinReference) =>
  (text: string): Pin =>
    isNumberA(reference) ? parseNumberA(reference, text) : parsePin(reference, text);

/** The line after the PIN brings what will be asked for later: a new password, or the PIN that signs. */
const linesFor: Readonly<Partial<Record<Purpose, readonly SecretLine[]>>> = {
  "mykey-password": ["pin", "new-password"],
  "application-attributes": ["pin", "sign-pin"],
};

function fromSource({ host, options }: PinEntryParts): PinEntry {
  // Of a source that is a stream nothing can be read later.
  let later = "";
  return {
    async askPin({ reference, purpose }) {
      if (purpose === "application-sign") return parseOf(reference)(later);
      const [text = "", second = ""] = await readPins(host, options, linesFor[purpose] ?? ["pin"]);
      later = second;
      return parseOf(reference)(text);
    },
    async askPassword() {
      const [text = ""] = await readPins(host, options, ["password"]);
      return new LoginPassword(text);
    },
    askNewPassword: async () => new LoginPassword(later),
    async askPinChange({ reference, allowObvious }) {
      const [text = "", newText = ""] = await readPins(host, options, ["pin", "new-pin"]);
      return beside(parsePin(reference, text), async (old) => parseNewPin(reference, newText, { old, allowObvious }));
    },
  };
}

function fromTerminal({ host, messages, options }: PinEntryParts): PinEntry {
  const { prompt: words, pins } = messages;

  const prompts = async (what: "pin" | "password" = "pin") => {
    const loaded = await import("./ui/prompt.ts");
    if (loaded.canAsk(host, options.input)) return loaded;
    throw new MynakitError("ERR_USAGE_INPUT_NEEDED", { what, option: "--pin-stdin" });
  };

  /** Asks again until `parse` takes what was typed. */
  const typed = async (question: string, { id }: PinReference, parse: (text: string) => Pin): Promise<Pin> => {
    const { askSecret } = await prompts();
    const refusal = (text: string): string | undefined => {
      try {
        parse(text).wipe();
        return undefined;
      } catch (error) {
        if (isError(error, "ERR_PIN_FORMAT")) {
          return error.details.entry === "check-digit" ? words.checkDigit : words.malformed(pins[id].form);
        }
        if (isError(error, "ERR_PIN_UNCHANGED")) return words.unchanged;
        throw error;
      }
    };
    return parse(await askSecret(host, question, refusal));
  };

  const askPin = async (prompt: PinPrompt): Promise<Pin> => {
    const { pinQuestion } = await prompts();
    const { reference } = prompt;
    if (!isNumberB(reference)) return typed(pinQuestion(messages, prompt), reference, parseOf(reference));
    const { askNumberB } = await import("./number-b-entry.ts");
    return parsePin(reference, await askNumberB(host, messages, prompt));
  };

  const isWanted = async (reference: PinReference, pin: Pin): Promise<boolean> => {
    const reason = obviousness(reference, pin);
    if (!reason) return true;
    const { askYes } = await prompts();
    return askYes(host, words.confirmObvious(reason));
  };

  /** Asks twice, as nobody sees what is typed; and for another one where the two differ, or it is obvious and not wanted. */
  const askNewPin = async ({ reference, allowObvious }: PinChangePrompt, old: Pin): Promise<Pin> => {
    const name = pins[reference.id];
    const parse = (text: string): Pin => parseNewPin(reference, text, { old, allowObvious: true });
    const { tellBetween } = await prompts();
    for (;;) {
      const pin = await typed(words.newPin(name), reference, parse);
      if (allowObvious || (await isWanted(reference, pin))) {
        const again = await typed(words.newPinAgain(name), reference, (text) => parsePin(reference, text));
        const same = again.equals(pin);
        again.wipe();
        if (same) return pin;
        tellBetween(host, words.different);
      }
      pin.wipe();
    }
  };

  const askPassword = async (question: string, form: (text: string) => string | undefined): Promise<LoginPassword> => {
    const { askSecret } = await prompts("password");
    return new LoginPassword(await askSecret(host, question, form));
  };
  const passwordForm = (text: string) => (/^\P{Cc}{10,128}$/u.test(text) ? undefined : words.passwordForm);

  const askNewPassword = async (): Promise<LoginPassword> => {
    for (let question = words.newPassword; ; question = `${words.passwordsDiffer} ${words.newPassword}`) {
      const password = await askPassword(question, passwordForm);
      const again = await askPassword(words.newPasswordAgain, () => undefined);
      if (password.reveal() === again.reveal()) return password;
    }
  };

  return {
    askPin,
    askPassword: () => askPassword(words.password, (text) => (text === "" ? words.passwordForm : undefined)),
    askNewPassword,
    askPinChange: async (prompt) => beside(await askPin(prompt), (old) => askNewPin(prompt, old)),
  };
}

/** The old PIN and the new one that `ask` finds beside it; without that the old one is wiped. */
async function beside(old: Pin, ask: (old: Pin) => Promise<Pin>): Promise<PinPair> {
  try {
    return { old, new: await ask(old) };
  } catch (error) {
    old.wipe();
    throw error;
  }
}
