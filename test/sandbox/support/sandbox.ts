import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Platform } from "../../../src/login/platform.ts";
import { jwtBearerGrant, type RefusalBody } from "../../../src/login/wire.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../src/sandbox/server.ts";
import { now, random } from "./cards.ts";
import { watchPlatform } from "./checked-fetch.ts";

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "mynakit-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A platform that tells its clock, so that whoever logs in goes by it. */
export interface ClockedPlatform extends Platform {
  clock(): Date;
}

export interface RunningSandbox extends Sandbox {
  readonly platform: ClockedPlatform;
  /** Moves the platform's clock. */
  advance(milliseconds: number): void;
  clock(): Date;
}

/** A sandbox on a free port whose answers are held against its own description, stopped with the test, with a clock that only the test moves. */
export async function runSandbox(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  let time = now.getTime();
  const clock = () => new Date(time);
  const database = options.database ?? path.join(temporaryFolder(), "sandbox.db");
  const sandbox = await startSandbox({ port: 0, clock, random, ...options, database });
  onTestFinished(() => sandbox.close());
  watchPlatform(sandbox.url);
  const platform = { url: sandbox.url, sandbox: true, fetch, close: sandbox.close, clock };
  const advance = (milliseconds: number) => {
    time += milliseconds;
  };
  return { ...sandbox, platform, advance, clock };
}

export async function askNonce(url: string): Promise<string> {
  const response = await fetch(`${url}/card/challenge`, { method: "POST" });
  return ((await response.json()) as { nonce: string }).nonce;
}

/** What the token endpoint says to an assertion. */
export async function exchange(url: string, assertion: string, scope = "portal") {
  const body = new URLSearchParams({ grant_type: jwtBearerGrant, client_id: "mynakit", assertion, scope });
  const response = await fetch(`${url}/token`, { method: "POST", body });
  const answer = (await response.json()) as Partial<RefusalBody> & { access_token?: string };
  return { status: response.status, answer };
}
