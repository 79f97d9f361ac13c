import type { AskingDevice, Progress } from "../commands/context.ts";
import type { Host } from "../host.ts";
import { japanTime } from "../jpki/certificate/japanese-date.ts";
import { printable } from "../printable.ts";
import { errorText } from "./envelope.ts";
import type { Messages } from "./messages/messages.ts";
import { drawQr } from "./qr.ts";
import { mayColour } from "./style.ts";

/** Work shorter than this shows no spinner; `ora` stays unloaded. */
const patience = 250;

const clockTime = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Takes the spinner away: before a prompt, a result, an error. */
  stop(): void;
}

/**
 * Tells on standard error what is going on: a spinner on a terminal, plain lines elsewhere,
 * nothing with `--quiet`. With `--json`, lines that a person must act on appear on a terminal only.
 */
export function progressDisplay(
  host: Host,
  messages: Messages,
  options: { readonly quiet: boolean; readonly json: boolean; readonly colour: boolean },
): ProgressDisplay {
  const { stderr } = host;
  const { progress: text } = messages;
  const terminal = stderr.isTTY === true;
  // A terminal that reports no columns makes ora loop for ever.
  const spins = terminal && !options.quiet && (stderr.columns ?? 0) > 0 && host.env.TERM !== "dumb";
  let timer: NodeJS.Timeout | undefined;
  let spinner: { text: string; stop(): unknown } | undefined;
  let label = "";

  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    spinner?.stop();
    spinner = undefined;
    label = "";
  };
  const start = async (): Promise<void> => {
    const { default: ora } = await import("ora");
    if (label === "" || spinner) return;
    const color = mayColour(stderr, host.env, options.colour) ? "cyan" : false;
    spinner = ora({
      text: label,
      stream: stderr,
      discardStdin: false,
      isEnabled: true,
      color: color || "white",
    }).start();
  };
  const working = (words: string): void => {
    if (!spins) return;
    label = words;
    if (spinner) spinner.text = words;
    timer ??= setTimeout(() => void start(), patience).unref();
  };
  /** What nothing goes on without: it is said beside a JSON document, too. */
  const urgent = (words: string): void => {
    stop();
    if (!options.quiet) stderr.write(`${printable(words)}\n`);
  };
  const line = (words: string): void => {
    if (terminal || !options.json) urgent(words);
    else stop();
  };

  /** What a person opens elsewhere: told with `--quiet`, too, as nobody could do anything without. */
  const deviceCode = ({ userCode, address, command, modules }: Extract<Progress, { step: "device-code" }>): void => {
    // Without colours of its own, a code would be light on dark on most terminals, and some telephones do not read that.
    const qr =
      address !== null && mayColour(stderr, host.env, options.colour) ? drawQr(modules, stderr.columns ?? 0) : null;
    const words = text.deviceCode({ userCode, address, command }).split("\n").map(printable);
    stderr.write(`${[...(qr === null ? [] : [qr]), ...words].join("\n")}\n`);
  };

  const deviceAsks = ({ service, ...device }: AskingDevice): void => {
    const { portal, words } = messages;
    const at = japanTime(device.requestedAt);
    const scopes = words.list((service?.scopes ?? []).map((scope) => portal.scopes[scope]));
    const asked = service
      ? portal.serviceAsks({ name: service.name, scopes, address: device.address, at })
      : text.deviceAsks({ ...device, requestedAt: at });
    line(asked);
  };

  return {
    stop,
    show(progress) {
      switch (progress.step) {
        case "waiting-for-card": {
          const words = text.waitingForCard(progress.reader);
          // Of several readers, each is told.
          return spins && progress.reader === undefined ? working(words) : urgent(words);
        }
        case "reading-card":
          return working(text.readingCard);
        case "using-card":
          return working(text.usingCard);
        case "contacting-platform":
          return working(text.contactingPlatform);
        case "card-done":
          return line(text.cardDone);
        case "card-inserted":
          return line(text.cardInserted(progress.address));
        case "sandbox-ready":
          return line(text.sandboxReady(progress.url));
        case "issue-step":
          return line(text.issueSteps[progress.name]);
        case "no-places":
          return line(text.noPlaces);
        case "document":
          line(text.document(progress.document));
          if (progress.document.discloses) line(text.discloses);
          return;
        case "application":
          for (const words of text.application(progress.application)) line(words);
          return;
        case "batch":
          return working(text.batch(progress));
        case "device-code":
          stop();
          return deviceCode(progress);
        case "awaiting-approval":
          return working(text.awaitingApproval(clockTime(progress.secondsLeft)));
        case "open-address":
          stop();
          stderr.write(`${text.openAddress(progress.address).split("\n").map(printable).join("\n")}\n`);
          return;
        case "awaiting-browser":
          return working(text.awaitingBrowser(clockTime(progress.secondsLeft)));
        case "platform-away":
          return line(
            text.platformAway({ reason: errorText(messages, progress.error).message, seconds: progress.seconds }),
          );
        case "device-asks":
          return deviceAsks(progress.request);
        case "proposal":
          return line(text.proposal(progress));
      }
    },
  };
}
