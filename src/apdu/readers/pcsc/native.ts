import type { EventEmitter } from "node:events";
import { MynakitError } from "../../../errors.ts";
import { installation } from "./platform.ts";

/** The part of pcsclite 1.0.1 that we use; the numbers are those of winscard.h. */
export interface NativeReader extends EventEmitter {
  readonly name: string;
  readonly connected: boolean;
  /** Private: every instance has it. An instance made by it watches nothing. */
  readonly constructor: new (
    name: string,
  ) => NativeReader;
  connect(
    options: { share_mode: number; protocol: number },
    done: (error: Error | null | undefined, protocol?: number) => void,
  ): void;
  disconnect(disposition: number, done: (error?: Error | null) => void): void;
  transmit(
    command: Buffer,
    responseLength: number,
    protocol: number,
    done: (error: Error | null, response: Buffer) => void,
  ): void;
  control(input: Buffer, code: number, outputLength: number, done: (error: Error | null, output: Buffer) => void): void;
}

export type Listed = (error: Error | undefined, names: Buffer) => void;

export interface NativeContext extends EventEmitter {
  /** Private: called by the package on the next tick, with its own callback. */
  start(listed: Listed): void;
}

export type PcscFactory = () => NativeContext;

/** What `import("pcsclite")` gives: the factory itself or a namespace around it, by how it was bundled. */
export type PcscModule = PcscFactory | { readonly default: PcscFactory };

export type LoadPcsc = () => Promise<PcscModule>;

/** Loads the native package: late, and only here. */
export const importPcsclite: LoadPcsc = () => import("pcsclite");

/**
 * The factory out of a loaded module, with the three ways in which loading fails told apart.
 * @throws {MynakitError} ERR_PCSC_MISSING (never installed, or installed without being built), ERR_PCSC_NATIVE (built for
 *   another Node, or the PC/SC library is not there)
 */
export async function loadFactory(load: LoadPcsc, platform: NodeJS.Platform): Promise<PcscFactory> {
  try {
    const module = await load();
    return typeof module === "function" ? module : module.default;
  } catch (cause) {
    throw loadFailure(cause, platform);
  }
}

function loadFailure(cause: unknown, platform: NodeJS.Platform): unknown {
  if (!(cause instanceof Error)) return cause;
  const code = "code" in cause ? cause.code : undefined;
  const { packages, install, build } = installation(platform);
  if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") {
    return new MynakitError("ERR_PCSC_MISSING", { packages, command: install }, { cause });
  }
  if (cause.message.startsWith("Could not locate the bindings file")) {
    return new MynakitError("ERR_PCSC_MISSING", { packages, command: build }, { cause });
  }
  return new MynakitError("ERR_PCSC_NATIVE", { reason: cause.message.split("\n", 1).join() }, { cause });
}
