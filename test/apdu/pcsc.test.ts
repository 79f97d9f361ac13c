import { describe, expect, test } from "vitest";
import { pcscBackend } from "../../src/apdu/readers/pcsc.ts";
import type { Sleep } from "../../src/apdu/readers/waiting.ts";
import { cancelled } from "../../src/apdu/readers/waiting.ts";
import { MynakitError } from "../../src/errors.ts";
import { empty, FakePcsclite, mute, scardError, withCard } from "./support/fake-pcsclite.ts";

const atr = "3BE000FF8131FE4514";
const select = { cla: 0, ins: 0xa4, p1: 4, p2: 12 };

/** A clock that stands until the test lets time pass; short pauses (between two tries to connect) take no time at all. */
function clock() {
  const waiting: { ms: number; wake: () => void }[] = [];
  const slept: number[] = [];
  const sleep: Sleep = (ms, signal) =>
    new Promise((resolve, reject) => {
      slept.push(ms);
      signal?.addEventListener("abort", () => reject(signal.reason));
      if (ms < 1000) setImmediate(resolve);
      else waiting.push({ ms, wake: resolve });
    });
  const pass = () => {
    for (const { wake } of waiting.splice(0)) wake();
  };
  return { sleep, slept, pass };
}

function setUp(platform: NodeJS.Platform = "linux") {
  const fake = new FakePcsclite();
  const time = clock();
  const backend = pcscBackend({ load: fake.load, platform, sleep: time.sleep, user: "hanako" });
  const stop = new AbortController();
  const options = (waitForCard = 0) => ({ waitForCard, signal: stop.signal });
  const connect = async (name = "", waitForCard = 0) =>
    (await backend.open(name, options(waitForCard))).connect(options(waitForCard));
  return { fake, time, backend, stop, options, connect };
}

async function failure(work: Promise<unknown>): Promise<{ code: string; details: unknown }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MynakitError) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error("it did not fail");
}

/** Lets the events that are due happen. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe("loading the native package", () => {
  const failing = (error: unknown, platform: NodeJS.Platform = "linux") =>
    failure(pcscBackend({ load: () => Promise.reject(error), platform, sleep: clock().sleep }).list());
  const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

  test.each(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"])(
    "that was never installed (%s) names what to install",
    async (code) => {
      expect(await failing(coded(code))).toEqual({
        code: "ERR_PCSC_MISSING",
        details: {
          packages: ["libpcsclite-dev", "g++", "make", "python3"],
          command:
            "sudo apt-get install pcscd libpcsclite-dev g++ make python3 && npm install --allow-scripts=pcsclite pcsclite",
        },
      });
    },
  );

  test("that was not built names how to build it", async () => {
    expect(await failing(new Error("Could not locate the bindings file. Tried:\n → x"))).toMatchObject({
      code: "ERR_PCSC_MISSING",
      details: { command: expect.stringContaining("npm rebuild --allow-scripts=pcsclite pcsclite") },
    });
  });

  test("that cannot be loaded says why", async () => {
    const error = coded("ERR_DLOPEN_FAILED", "libpcsclite.so.1: cannot open shared object file\nmore");
    expect(await failing(error)).toEqual({
      code: "ERR_PCSC_NATIVE",
      details: { reason: "libpcsclite.so.1: cannot open shared object file" },
    });
  });

  test.each(["win32", "darwin"] as const)("names the packages of %s", async (platform) => {
    const { details } = await failing(coded("MODULE_NOT_FOUND"), platform);
    expect(JSON.stringify(details)).not.toContain("apt-get");
  });

  test("takes the factory as the module or as its default", async () => {
    const factory = await new FakePcsclite().load();
    for (const load of [async () => factory, async () => ({ default: factory })]) {
      expect(await pcscBackend({ load, platform: "linux", sleep: clock().sleep }).list()).toEqual([]);
    }
  });
});

describe("listing readers", () => {
  test("shows none where there is none, though the package says nothing then", async () => {
    expect(await setUp().backend.list()).toEqual([]);
  });

  test("shows cards, and the mute ones as such", async () => {
    const { fake, backend } = setUp();
    fake.reader("A", withCard(atr));
    fake.reader("B", empty);
    fake.reader("C", mute);
    const uri = (name: string) => ({ name, uri: `pcsc:${name}`, backend: "pcsc" });
    expect(await backend.list()).toEqual([
      { ...uri("A"), card: { atr: new Uint8Array(Buffer.from(atr, "hex")) } },
      { ...uri("B"), card: null },
      { ...uri("C"), card: { atr: null } },
    ]);
    expect(fake.contexts).toBe(1);
  });

  test("follows readers that are plugged in and out, over one context", async () => {
    const { fake, backend } = setUp();
    fake.reader("A");
    await backend.list();
    fake.plugged("B");
    fake.unplugged("A");
    expect((await backend.list()).map(({ name }) => name)).toEqual(["B"]);
    expect(fake.contexts).toBe(1);
  });

  test("does not wait for ever for a reader that tells no state", async () => {
    const { fake, backend, time } = setUp();
    fake.reader("A", "none");
    const listed = failure(backend.list());
    await settle();
    time.pass();
    expect(await listed).toEqual({
      code: "ERR_PCSC_FAILED",
      details: { call: "SCardGetStatusChange", code: "8010000A" },
    });
  });

  test("that waits for a card ends when the service dies", async () => {
    const { fake, backend, options } = setUp();
    fake.reader("A");
    const waiting = failure(backend.open("", options(Number.POSITIVE_INFINITY)));
    await settle();
    fake.dies();
    expect(await waiting).toEqual({ code: "ERR_PCSC_STOPPED", details: { service: "pcscd" } });
  });

  test("begins anew after the service has died", async () => {
    const { fake, backend } = setUp();
    fake.reader("A");
    await backend.list();
    fake.dies();
    expect(await backend.list()).toHaveLength(1);
    expect(fake.contexts).toBe(2);
  });

  test.each<[string, NodeJS.Platform, string, unknown]>([
    [
      "8010001d",
      "linux",
      "ERR_PCSC_SERVICE",
      { service: "pcscd", command: "sudo systemctl enable --now pcscd.socket" },
    ],
    ["8010001d", "win32", "ERR_PCSC_SERVICE", { service: "SCardSvr", command: "sc start SCardSvr" }],
    ["8010006a", "linux", "ERR_PCSC_ACCESS", { user: "hanako" }],
    ["8010001e", "linux", "ERR_PCSC_STOPPED", { service: "pcscd" }],
    ["80100006", "linux", "ERR_PCSC_FAILED", { call: "SCardEstablishContext", code: "80100006" }],
  ])("maps %s thrown at once on %s to its error", async (code, platform, expected, details) => {
    const load = async () => () => {
      throw scardError("SCardEstablishContext", code);
    };
    const backend = pcscBackend({ load, platform, sleep: clock().sleep, user: "hanako" });
    expect(await failure(backend.list())).toEqual({ code: expected, details });
  });
});

describe("choosing a reader", () => {
  const names = async (given: string, ...readers: [string, Parameters<FakePcsclite["reader"]>[1]][]) => {
    const { fake, backend, options } = setUp();
    for (const [name, status] of readers) fake.reader(name, status);
    return backend.open(given, options()).then(
      ({ uri }) => uri,
      (error: MynakitError) => [error.code, error.details],
    );
  };
  const card = withCard(atr);

  test("takes a part of the name, capital or small", async () => {
    expect(await names("acr39", ["ACS ACR39U 00 00", empty], ["SCM SCR 331", card])).toBe("pcsc:ACS ACR39U 00 00");
  });

  test("takes the whole name before names that contain it", async () => {
    expect(await names("Reader 1", ["Reader 1", empty], ["Reader 10", empty])).toBe("pcsc:Reader 1");
  });

  test("takes the one with the card where several are meant, and does not guess otherwise", async () => {
    expect(await names("Reader", ["Reader 1", empty], ["Reader 2", card])).toBe("pcsc:Reader 2");
    expect(await names("", ["Reader 1", empty], ["Other", card])).toBe("pcsc:Other");
    const both = { given: "Reader", readers: ["Reader 1", "Reader 2"] };
    expect(await names("Reader", ["Reader 1", card], ["Reader 2", card])).toEqual(["ERR_READER_AMBIGUOUS", both]);
    expect(await names("Reader", ["Reader 1", empty], ["Reader 2", empty])).toEqual(["ERR_READER_AMBIGUOUS", both]);
    expect(await names("", ["A", card], ["B", mute])).toEqual([
      "ERR_READER_AMBIGUOUS",
      { given: "", readers: ["A", "B"] },
    ]);
  });

  test("passes over the security module inside a reader", async () => {
    const sam = withCard("3BF91500FF910131FE43806448657261829000C7");
    expect(await names("", ["Reader SAM", sam], ["Reader PICC", card])).toBe("pcsc:Reader PICC");
  });

  test("says which readers there are, and that there is none", async () => {
    expect(await names("X", ["A", card])).toEqual(["ERR_READER_NOT_FOUND", { given: "X", readers: ["A"] }]);
    expect(await names("X")).toEqual(["ERR_READER_NONE", {}]);
    expect(await names("", ["A", empty], ["B", empty])).toEqual(["ERR_CARD_ABSENT", { reader: "A, B" }]);
  });

  test("waits for a card, as long as it may", async () => {
    const { fake, backend, options, time } = setUp();
    fake.reader("A");
    const chosen = backend.open("", options(Number.POSITIVE_INFINITY));
    await settle();
    fake.changes("A", withCard(atr));
    expect((await chosen).uri).toBe("pcsc:A");
    fake.changes("A", empty);
    const missed = failure(backend.open("", options(2000)));
    await settle();
    time.pass();
    expect(await missed).toEqual({ code: "ERR_CARD_ABSENT", details: { reader: "A" } });
  });

  test("stops waiting when interrupted", async () => {
    const { fake, backend, options, stop } = setUp();
    fake.reader("A");
    const chosen = failure(backend.open("", options(Number.POSITIVE_INFINITY)));
    await settle();
    stop.abort("SIGINT");
    expect(await chosen).toEqual({ code: cancelled(stop.signal).code, details: { signal: "SIGINT" } });
  });
});

describe("connecting", () => {
  test("is exclusive, with T=0 or T=1 and never raw", async () => {
    const { fake, connect } = setUp();
    fake.reader("A", withCard(atr));
    const connection = await connect();
    expect(connection).toMatchObject({ reader: "A", extendedLength: false });
    expect(fake.calls[0]).toBe("connect A 1 3");
  });

  test("to a mute card, to no card, and to a reader that is gone fails as such", async () => {
    const { fake, backend, connect, options } = setUp();
    fake.reader("A", mute);
    fake.reader("B");
    expect(await failure(connect("A"))).toEqual({ code: "ERR_CARD_MUTE", details: { reader: "A" } });
    expect(await failure(connect("B"))).toEqual({ code: "ERR_CARD_ABSENT", details: { reader: "B" } });
    const reader = await backend.open("B", options());
    fake.unplugged("B");
    expect(await failure(reader.connect(options()))).toEqual({ code: "ERR_READER_GONE", details: { reader: "B" } });
  });

  const connectFailures: [string, string][] = [
    ["8010000c", "ERR_CARD_ABSENT"],
    ["80100066", "ERR_CARD_MUTE"],
    ["80100067", "ERR_CARD_MUTE"],
    ["80100065", "ERR_CARD_MUTE"],
    ["8010000f", "ERR_CARD_MUTE"],
    ["80100009", "ERR_READER_GONE"],
    ["80100017", "ERR_READER_GONE"],
    ["80100069", "ERR_CARD_REMOVED"],
    ["8010001d", "ERR_PCSC_STOPPED"],
    ["8010001e", "ERR_PCSC_STOPPED"],
    ["80100013", "ERR_PCSC_STOPPED"],
    ["8010006a", "ERR_PCSC_ACCESS"],
    ["8010002e", "ERR_READER_NONE"],
    ["80100006", "ERR_PCSC_FAILED"],
  ];
  test.each(connectFailures)("that fails with %s is tried once and has its error", async (code, expected) => {
    const { fake, connect } = setUp();
    fake.reader("A", withCard(atr)).connect = [scardError("SCardConnect", code)];
    expect(await failure(connect())).toMatchObject({ code: expected });
    expect(fake.calls).toHaveLength(1);
  });

  test("waits for another program to let go of the card", async () => {
    const { fake, connect, time } = setUp();
    const busy = scardError("SCardConnect", "8010000b", "Sharing violation.");
    fake.reader("A", withCard(atr)).connect = [busy, busy, 2];
    await connect();
    expect(time.slept.filter((ms) => ms === 200)).toHaveLength(2);
  });

  test("gives up a busy card after three seconds", async () => {
    const { fake, connect, time } = setUp();
    fake.reader("A", withCard(atr)).connect = new Array(100).fill(scardError("SCardConnect", "8010000b"));
    expect(await failure(connect())).toEqual({ code: "ERR_READER_BUSY", details: { reader: "A", seconds: 3 } });
    expect(time.slept.filter((ms) => ms === 200)).toHaveLength(15);
  });

  test("believes in extended length only where the reader says so", async () => {
    const { fake, connect } = setUp();
    const reader = fake.reader("A", withCard(atr));
    const features = Buffer.from("060442330006120442000DB0", "hex");
    const properties = (size: string) => Buffer.from(`020200000A04${size}`, "hex");
    for (const [size, extended] of [
      ["00000100", true],
      ["05010000", false],
    ] as const) {
      reader.control = [features, properties(size)];
      const connection = await connect();
      expect(connection.extendedLength).toBe(extended);
      await connection.disconnect("leave");
    }
    expect(fake.calls.filter((call) => call.startsWith("control")).slice(0, 2)).toEqual([
      "control 42000d48",
      "control 42000db0",
    ]);
  });
});

describe("a connection", () => {
  const held = async () => {
    const all = setUp();
    const reader = all.fake.reader("A", withCard(atr));
    return { ...all, reader, connection: await all.connect() };
  };

  test("sends the command's bytes with room for the longest response", async () => {
    const { fake, reader, connection } = await held();
    reader.transmit = [Buffer.from("01029000", "hex")];
    expect(await connection.transmit({ ...select, le: 256 })).toEqual({ data: Uint8Array.of(1, 2), sw: 0x9000 });
    expect(fake.calls.at(-1)).toBe("transmit 00a4040c00 65548 2");
  });

  test.each([0, 1])("takes a response of %i bytes for a card pulled midway", async (length) => {
    const { reader, connection } = await held();
    reader.transmit = [Buffer.alloc(length)];
    expect(await failure(connection.transmit(select))).toEqual({ code: "ERR_CARD_REMOVED", details: { reader: "A" } });
  });

  test.each([
    ["80100068", "ERR_CARD_RESET"],
    ["80100069", "ERR_CARD_REMOVED"],
    ["80100016", "ERR_CARD_REMOVED"],
    ["8010002f", "ERR_CARD_REMOVED"],
    ["80100017", "ERR_READER_GONE"],
    ["8010001d", "ERR_PCSC_STOPPED"],
    ["80100013", "ERR_PCSC_STOPPED"],
    ["8010006a", "ERR_PCSC_STOPPED"],
    ["80100008", "ERR_PCSC_FAILED"],
  ])("that fails with %s sends nothing twice", async (code, expected) => {
    const { fake, reader, connection } = await held();
    const error = scardError("SCardTransmit", code);
    reader.transmit = [error];
    await expect(connection.transmit(select)).rejects.toMatchObject({ code: expected, cause: error });
    expect(fake.calls.filter((call) => call.startsWith("transmit"))).toHaveLength(1);
  });

  test("keeps an error that is none of PC/SC's as the cause", async () => {
    const { reader, connection } = await held();
    reader.transmit = [new Error("Card Reader not connected")];
    await expect(connection.transmit(select)).rejects.toMatchObject({
      code: "ERR_PCSC_FAILED",
      cause: { message: "Card Reader not connected" },
    });
  });

  test("gives up a card that never answers, sends it nothing more, and knows that it is stuck", async () => {
    const { fake, reader, connection, time, backend } = await held();
    reader.transmit = ["never"];
    const answer = failure(connection.transmit(select));
    await settle();
    time.pass();
    expect(await answer).toEqual({ code: "ERR_CARD_TIMEOUT", details: { reader: "A", seconds: 20 } });
    const before = fake.calls.length;
    expect(await failure(connection.transmit(select))).toMatchObject({ code: "ERR_CARD_TIMEOUT" });
    await connection.disconnect("unpower");
    expect(fake.calls.length).toBe(before);
    expect(backend.stuck).toBe(true);
  });

  test("is not stuck between calls", async () => {
    const { backend, connection } = await held();
    await connection.transmit(select);
    expect(backend.stuck).toBe(false);
  });

  test.each([
    ["leave", 0],
    ["reset", 1],
    ["unpower", 2],
  ] as const)("lets go by %s, once", async (disposition, number) => {
    const { fake, connection } = await held();
    await connection.disconnect(disposition);
    await connection.disconnect(disposition);
    expect(fake.calls.filter((call) => call.startsWith("disconnect"))).toEqual([`disconnect A ${number}`]);
  });

  test("that could not be let go is followed by one that really connects", async () => {
    const { fake, reader, connection, connect } = await held();
    reader.disconnect = [scardError("SCardDisconnect", "80100017")];
    await connection.disconnect("unpower");
    reader.connect = [1];
    const again = await connect();
    await again.transmit(select);
    expect(fake.calls.at(-1)).toBe("transmit 00a4040c 65548 1");
  });

  test("is not used by what watches the reader", async () => {
    const { fake, backend } = await held();
    fake.changes("A", empty);
    expect((await backend.list())[0]?.card).toBeNull();
  });

  test("loses its reader as such", async () => {
    const { fake, reader, connection, backend } = await held();
    fake.unplugged("A");
    reader.transmit = [scardError("SCardTransmit", "80100017")];
    expect(await backend.list()).toEqual([]);
    fake.behaviours.set("A", reader);
    expect(await failure(connection.transmit(select))).toEqual({ code: "ERR_READER_GONE", details: { reader: "A" } });
  });
});
