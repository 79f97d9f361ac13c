import { expect } from "vitest";
import { success } from "../../cli/support/documents.ts";
import type { Running } from "../../cli/support/program.ts";
import { test as cliTest, type Fixtures } from "../../cli/support/test.ts";

export const first = "Virtual PCD 00 00";
export const second = "Virtual PCD 00 01";

interface PcscFixtures {
  /** Puts a simulated card into a virtual reader. The service may not have seen it yet. */
  readonly putIn: (name: string, port?: number) => Promise<Running>;
  /** The same, and waits until the service has seen it: to find out, it is asked which card it is. */
  readonly insert: (name: string, port?: number) => Promise<Running>;
}

/** A test with the program and a real PC/SC service at hand. */
export const test = cliTest.override("env", { PCSCLITE_CSOCK_NAME: undefined }).extend<PcscFixtures>({
  putIn: async ({ mynakit, start }, use) => {
    const inserted: Running[] = [];
    await use(async (name, port = 35963) => {
      const running = start(`sim insert ${name} --port ${port}`);
      inserted.push(running);
      expect(await running.line()).toBe("ready");
      return running;
    });
    await Promise.all(inserted.map((running) => running.stop("SIGTERM")));
    for (const reader of [first, second]) await seen(mynakit, reader, false);
  },
  insert: async ({ mynakit, putIn }, use) => {
    await use(async (name, port = 35963) => {
      const running = await putIn(name, port);
      await seen(mynakit, port === 35963 ? first : second, true);
      return running;
    });
  },
});

/** Resolves when the service sees a card in a reader, or none. */
export async function seen(mynakit: Fixtures["mynakit"], reader: string, card: boolean): Promise<void> {
  const look = async () => {
    const { data } = success("reader list", await mynakit("reader list --json"));
    return data.readers.find(({ name }) => name === reader)?.card;
  };
  const wanted = card ? expect.anything() : null;
  await expect.poll(look, { timeout: 5000, interval: 50 }).toEqual(wanted);
}
