import { closeSync, fchmodSync, fstatSync, openSync, writeFileSync } from "node:fs";
import { type Recorder, recorder } from "./apdu/channels/recorder.ts";
import type { Reader, ReaderBackend } from "./apdu/reader.ts";
import type { Context, Parts } from "./commands/context.ts";
import type { GlobalOptions } from "./commands/options.ts";
import { pinSource } from "./commands/pin-input.ts";
import type { CommandName } from "./commands/registry.ts";
import { parseTime } from "./commands/time.ts";
import { isError, MynakitError } from "./errors.ts";
import { writing } from "./files.ts";
import { homeFolder } from "./home.ts";
import type { Clock, Host } from "./host.ts";
import { pinEntry } from "./pin-entry.ts";
import { printable } from "./printable.ts";
import { openReader } from "./readers.ts";
import type { Messages } from "./ui/messages/messages.ts";
import type { Reporter } from "./ui/report.ts";
import { terminalSilence } from "./ui/silence.ts";

/** Made once, when first asked for. */
function lazy<T>(make: () => Promise<T>): { get(): Promise<T>; made(): Promise<T> | undefined } {
  let made: Promise<T> | undefined;
  return {
    get: () => {
      made ??= make();
      return made;
    },
    made: () => made,
  };
}

/** MYNAKIT_NOW as a clock that stands still. @throws {MynakitError} ERR_USAGE_TIME */
function fixedClock(value: string): Clock {
  const time = parseTime(value);
  if (!time) throw new MynakitError("ERR_USAGE_TIME", { given: value });
  return () => new Date(time);
}

/**
 * A recording that grows line by line, in a file for its owner alone, whoever could read what was there before.
 * @throws {MynakitError} ERR_IO_WRITE, before anything is recorded and when a line cannot be written
 */
function traceFile(path: string, options: GlobalOptions, { now }: Host): Recorder & { close(): void } {
  const descriptor = writing(path, () => {
    const opened = openSync(path, "w", 0o600);
    if (fstatSync(opened).isFile()) fchmodSync(opened, 0o600);
    return opened;
  });
  const recording = recorder({
    write: (line) => writing(path, () => writeFileSync(descriptor, `${line}\n`)),
    personal: options.tracePersonal,
    ...(options.verbose && { now: () => now().getTime() }),
  });
  return {
    ...recording,
    close() {
      try {
        recording.end();
      } catch (error) {
        // The lines before did not fit either, and that was told.
        if (!isError(error, "ERR_IO_WRITE")) throw error;
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

/**
 * Puts the real parts together for one command. `release` frees what was made and never throws; it answers whether
 * native code is stuck in a reader that gives no answer, which would keep an orderly exit waiting.
 */
export function assemble(
  host: Host,
  messages: Messages,
  command: CommandName,
  options: GlobalOptions,
  report: Reporter,
): { context: Context; release: () => Promise<boolean> } {
  const home = homeFolder(host.platform, host.env);
  const simulatedNow = host.env.MYNAKIT_NOW ? fixedClock(host.env.MYNAKIT_NOW) : host.now;
  const trace = options.trace === undefined ? undefined : traceFile(options.trace, options, host);

  const sim = lazy(async () => {
    const { simBackend } = await import("./simulator/backend.ts");
    return simBackend({ home, now: simulatedNow, sleep: host.sleep });
  });
  const pcsc = lazy(async () => {
    const { pcscBackend } = await import("./apdu/readers/pcsc.ts");
    return pcscBackend({ platform: host.platform, sleep: host.sleep, user: host.env.USER ?? "" });
  });
  const replay = lazy(async () => (await import("./apdu/readers/replay.ts")).replayBackend());
  const vpcd = lazy(async () => (await import("./apdu/readers/vpcd.ts")).vpcdBackend({ sleep: host.sleep }));
  // MYNAKIT_NOW never reaches a platform that a real card logs in to.
  let realCard = false;
  const platform = lazy(async () => {
    const { openPlatform } = await import("./platforms.ts");
    const { random, fetch, interrupted: signal, now } = host;
    const clock = () => (realCard ? host.now() : simulatedNow());
    return openPlatform(options.platform, { home, clock, now, random, fetch, signal });
  });
  const backends = [sim, pcsc, replay, vpcd] as const satisfies readonly {
    made(): Promise<ReaderBackend> | undefined;
  }[];

  const parts: Parts = {
    simBackend: sim.get,
    pcscBackend: pcsc.get,
    replayBackend: replay.get,
    vpcdBackend: vpcd.get,
    platform: platform.get,
    async simStore() {
      const { simStore } = await import("./simulator/store.ts");
      return simStore({ home, now: simulatedNow, sleep: host.sleep });
    },
  };

  const connect = {
    waitForCard: options.wait,
    waiting: () => report.progress({ step: "waiting-for-card" }),
    signal: host.interrupted,
  };
  const silence = terminalSilence(host);
  const clear = (): void => {
    silence.end();
    report.clear();
  };
  const asks = async () => (await import("./ui/prompt.ts")).canAsk(host, options.input);
  const requireConfirmable = async (option: string): Promise<void> => {
    if (!(await asks())) throw new MynakitError("ERR_USAGE_INPUT_NEEDED", { what: "confirmation", option });
  };
  const prompted = async () => {
    clear();
    return import("./ui/prompt.ts");
  };
  const askWord = async (question: string): Promise<string> =>
    (await (await prompted()).askWord(host, printable(question))).trim();
  const confirm = async (question: string): Promise<void> => {
    const { askYes } = await prompted();
    if (!(await askYes(host, printable(question)))) throw new MynakitError("ERR_CANCELLED", { signal: "declined" });
  };
  let ignoredTimeTold = false;

  const context: Context = {
    host,
    options,
    messages,
    home,
    parts,
    connect,
    trace,
    async reader(name): Promise<Reader> {
      if (name === undefined && !pinSource(options) && (await asks())) silence.begin();
      const reader = await openReader(name ?? options.reader, parts, connect);
      realCard ||= !reader.simulated;
      return reader;
    },
    clock(involved) {
      if (!host.env.MYNAKIT_NOW) return host.now;
      if (involved.simulatedCard !== false && involved.embeddedPlatform !== false) return simulatedNow;
      if (!ignoredTimeTold) report.warn({ code: "WARN_TIME_IGNORED", details: { value: host.env.MYNAKIT_NOW } });
      ignoredTimeTold = true;
      return host.now;
    },
    progress: report.progress,
    announce: (line, progress, data) => report.announce(command, line, progress, data),
    part: report.part,
    warn: report.warn,
    ...pinEntry({ host, messages, options, clear }),
    requireConfirmable,
    async confirmNumber({ revealed }) {
      await requireConfirmable("--yes");
      await confirm(messages.prompt.confirmNumber(revealed));
    },
    confirmApplication: (application) => confirm(messages.prompt.confirmApplication(application)),
    confirmSubmission: () => confirm(messages.prompt.confirmSubmission),
    async askSecurityCode(account) {
      clear();
      const { askSecurityCode } = await import("./security-code-entry.ts");
      return askSecurityCode({ host, messages, options }, account);
    },
    confirmLink: ({ service, gets }) => {
      const { portal, words } = messages;
      const topics = words.list(gets.map((topic) => portal.topics[topic]));
      return confirm(portal.confirmLink(portal.linkServices[service], topics));
    },
    confirmPayment: ({ kind, year, term, yen, means }) => {
      const { portal } = messages;
      const demand = portal.demand(portal.demandKinds[kind], year, term);
      return confirm(portal.confirmPayment(demand, portal.yen(yen.toLocaleString("en-US")), portal.means[means]));
    },
    async confirmDevice({ userCode, compare }) {
      if (!compare) return confirm(messages.prompt.confirmDevice(userCode));
      const { userCodeIn } = await import("./login/device/wire.ts");
      const typed = userCodeIn(await askWord(messages.prompt.compareDevice));
      if (typed === undefined || typed !== userCodeIn(userCode)) {
        throw new MynakitError("ERR_CANCELLED", { signal: "declined" });
      }
    },
    confirmIssue: (proposal) => confirm(messages.prompt.confirmIssue(proposal)),
    async confirmChange(proposal) {
      const answer = await askWord(messages.prompt.confirmChange(proposal));
      const { isYes } = await import("./ui/prompt.ts");
      if (isYes(answer)) return "yes";
      if (messages.prompt.next.test(answer.normalize("NFKC").trim())) return "next";
      throw new MynakitError("ERR_CANCELLED", { signal: "declined" });
    },
    async confirmRevocation() {
      const typed = await askWord(messages.prompt.confirmRevocation);
      if (typed === "") throw new MynakitError("ERR_CANCELLED", { signal: "declined" });
      return typed.toUpperCase();
    },
    confirmLeakReport: () => confirm(messages.prompt.confirmLeakReport),
  };

  const released = lazy(async () => {
    clear();
    const opened = backends.map((backend) => backend.made()).filter((made) => made !== undefined);
    await Promise.allSettled([
      ...opened.map(async (backend) => (await backend).close()),
      (async () => (await platform.made())?.close())(),
    ]);
    trace?.close();
    return (await pcsc.made()?.catch(() => undefined))?.stuck ?? false;
  });
  return { context, release: released.get };
}
