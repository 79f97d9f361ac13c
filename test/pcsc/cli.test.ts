/** The program against a real pcscd with vpcd, OpenSC beside it: run by `scripts/with-pcscd`. */
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect } from "vitest";
import { recordOf, setFaults } from "../cli/support/cards.ts";
import { codeOf } from "../cli/support/device.ts";
import { batch, failed, failedInWords, success } from "../cli/support/documents.ts";
import { program } from "../cli/support/program.ts";
import { keys } from "../cli/support/terminal.ts";
import { Client } from "./support/client.ts";
import { first, second, seen, test } from "./support/test.ts";

const pin = { input: "1234\n" };
/** In milliseconds: far less than any wait that is not meant to be, however busy the machine is. */
const promptly = 15_000;

const at = (words: string, reader: string = first): string[] => [...words.split(" "), "-r", reader, "--json"];

const openSc = promisify(execFile);

/** The tries left by PIN label, as OpenSC reads them. */
async function openScTries(): Promise<Record<string, number>> {
  const { stdout } = await openSc("pkcs15-tool", ["--list-pins"]);
  const found = stdout.matchAll(/^PIN \[(.*)\][\s\S]*?Tries left\s*: (\d+)/gm);
  return Object.fromEntries([...found].map(([, label, tries]) => [label, Number(tries)]));
}

/** A wrong entry by another program. */
function spendTryElsewhere(): void {
  const { status, stderr } = spawnSync("pkcs15-tool", ["--verify-pin", "--auth-id", "01", "--pin", "0000"], {
    encoding: "utf8",
  });
  expect(stderr).toContain("PIN code or key incorrect");
  expect(status).not.toBe(0);
}

describe("a card in a real reader", () => {
  test("does the main job", async ({ insert, mynakit }) => {
    await insert("standard");
    const { data } = success("reader list", await mynakit("reader list --json"));
    expect(data.readers.map(({ name, uri, card }) => [name, uri, card?.kind])).toEqual([
      [first, `pcsc:${first}`, "my-number-card"],
      [second, `pcsc:${second}`, undefined],
      ["standard", "sim:standard", "my-number-card"],
    ]);
    const reader = { reader: `pcsc:${first}` };
    expect(success("card status", await mynakit(at("card status"))).data).toMatchObject({
      ...reader,
      kind: "my-number-card",
    });
    expect(success("pin tries", await mynakit(at("pin tries auth"))).data).toMatchObject({
      ...reader,
      pins: [{ remaining: 3 }],
    });
    expect(success("cert show", await mynakit(at("cert show"))).data).toMatchObject({
      ...reader,
      certificate: { kind: "auth" },
    });
    const issue = at("mykey issue --yes --pin-stdin");
    const full = { pinSent: true, triesBefore: 3, triesAfter: 3 };
    const issued = success("mykey issue", await mynakit(issue, pin)).data;
    expect(issued).toMatchObject({ created: true, ...full });
    const steps = issued.steps.slice(0, -1);
    expect(success("mykey issue", await mynakit(issue, pin)).data).toEqual({ ...issued, created: false, steps });
    expect(success("portal login", await mynakit(at("portal login --pin-stdin"), pin)).data).toMatchObject(full);
    success("portal whoami", await mynakit("portal whoami --json"));
    const sign = await mynakit(at("cert show sign --pin-stdin"), { input: "TEST1234" });
    expect(success("cert show", sign).data).toMatchObject({
      pinSent: true,
      triesBefore: 5,
      certificate: { kind: "sign" },
    });
  });

  test("is found without a name, by part of a name, and in words", async ({ insert, mynakit }) => {
    await insert("standard");
    for (const words of ["pin tries --json", "pin tries --json -r pcsc:", "pin tries --json -r 00"]) {
      expect(success("pin tries", await mynakit(words)).data.reader).toBe(`pcsc:${first}`);
    }
    expect(success("pin tries", await mynakit(at("pin tries", "virtual pcd"))).data.reader).toBe(`pcsc:${first}`);
    const { code, stdout, stderr } = await mynakit("card status --lang ja");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "カードを取り外してもかまいません。\n" });
    expect(stdout).toContain(first);
  });

  test("ignores MYNAKIT_NOW, with a warning", async ({ insert, mynakit }) => {
    await insert("standard");
    const env = { MYNAKIT_NOW: "2050-01-01T00:00:00Z" };
    const { data, warnings } = success("cert show", await mynakit(at("cert show"), { env }));
    expect(data.certificate.state).toBe("valid");
    expect(warnings).toMatchObject([{ code: "WARN_TIME_IGNORED" }]);
  });

  test("is asked for at a prompt", async ({ insert, terminal }) => {
    await insert("standard");
    const person = terminal("portal login");
    await person.sees("User authentication PIN to log in to Mynaportal (4 digits; 3 of 3 tries left):");
    person.type(`1234${keys.enter}`);
    await person.sees("Logged in.");
    expect(await person.ended()).toBe(0);
  });

  test.for([
    "no-auth-cert",
    "expired",
    "cert-garbage",
    "auth-locked",
    "auth-last-try",
    "counter-unreadable",
    "renewed-today",
  ])("%s: ends as it does when it is simulated", async (profile, { home, insert, mynakit }) => {
    const words = "mykey issue --yes --pin-stdin";
    const simulated = await mynakit([...words.split(" "), "-r", `sim:${profile}`, "--json"], pin);
    await insert(profile);
    const real = await mynakit(at(words), pin);
    const essence = ({ code, stdout }: typeof real) => [
      code,
      JSON.parse(stdout).error.code,
      JSON.parse(stdout).error.pinSent,
    ];
    expect(essence(real)).toEqual(essence(simulated));
    expect(recordOf(home, profile, "auth").verifies).toBe(0);
  });
});

describe("OpenSC, as an independent judge,", () => {
  test("lists the card, signs with it, and the signature fits the certificate that we wrote", async ({
    home,
    insert,
    mynakit,
  }) => {
    await insert("standard");
    const file = (name: string) => path.join(home, name);
    success("cert show", await mynakit(["cert", "show", "--format", "pem", "-o", file("auth.pem"), "--json"]));
    const { stdout } = await openSc("pkcs11-tool", ["-O"]);
    expect(stdout).toContain("User Authentication Certificate");
    writeFileSync(file("data"), "to be signed");
    const sign = [
      "--login",
      "--pin",
      "1234",
      "--sign",
      "--id",
      "01",
      "-m",
      "SHA256-RSA-PKCS",
      "-i",
      file("data"),
      "-o",
      file("signature"),
    ];
    await openSc("pkcs11-tool", sign);
    execFileSync("openssl", ["x509", "-in", file("auth.pem"), "-pubkey", "-noout", "-out", file("key.pem")]);
    const verify = ["dgst", "-sha256", "-verify", file("key.pem"), "-signature", file("signature"), file("data")];
    expect(execFileSync("openssl", verify, { encoding: "utf8" })).toContain("Verified OK");
  });

  test("counts as we do: what it spends we see, and what we spend it sees", async ({ insert, mynakit }) => {
    await insert("standard");
    const ours = async () => {
      const { data } = success("pin tries", await mynakit(at("pin tries auth sign")));
      return data.pins.map(({ remaining }) => remaining);
    };
    const theirs = async () => {
      const tries = await openScTries();
      return [tries["User Authentication PIN"], tries["Digital Signature PIN"]];
    };
    expect(await ours()).toEqual([3, 5]);
    expect(await theirs()).toEqual([3, 5]);
    spendTryElsewhere();
    expect(await ours()).toEqual([2, 5]);
    failed(await mynakit(at("cert show sign --pin-stdin"), { input: "WRONG123" }), "ERR_PIN_WRONG");
    expect(await theirs()).toEqual([2, 4]);
    success("portal login", await mynakit(at("portal login --pin-stdin"), pin));
    expect(await theirs()).toEqual([3, 4]);
  });

  test("approves the login of another device [row 75]", async ({ insert, mynakit, start }) => {
    await insert("standard");
    const device = start("portal login --qr --json");
    const approval = await mynakit(at(`portal approve ${await codeOf(device)} --yes --pin-stdin`), pin);
    const full = { pinSent: true, triesBefore: 3, triesAfter: 3 };
    expect(success("portal approve", approval).data).toMatchObject({ decision: "approved", ...full });
    expect(success("portal login", await device.ended).data).toMatchObject({ method: "qr", pinSent: false });
    success("portal whoami", await mynakit("portal whoami --json"));
  });

  test("finds no verified state after us", async ({ insert, mynakit }) => {
    await insert("standard");
    const client = Client.start();
    try {
      success("portal login", await mynakit(at("portal login --pin-stdin"), pin));
      await client.ask(`open ${first}`);
      await client.ask("connect");
      await client.ask("transmit 00A4040C0AD392F000260100000001");
      await client.ask("transmit 00A4020C020017");
      const digestInfo = `3031300D060960864801650304020105000420${"11".repeat(32)}`;
      expect(await client.ask(`transmit 802A008033${digestInfo}00`)).toEqual({ value: "6982" });
    } finally {
      // Otherwise the service would reset the card while it is being pulled, which leaves vpcd's reader empty for good.
      await client.ask("disconnect reset");
      await client.end();
    }
  });
});

describe("a try spent by another program between our two looks at the counter", () => {
  const traced = (file: string) =>
    expect.poll(() => readFileSync(file, { encoding: "utf8", flag: "a+" }), { interval: 10, timeout: 5000 });

  test("keeps the PIN back while we waited for it from a pipe", async ({ home, insert, start }) => {
    await insert("auth-two-tries");
    const trace = path.join(home, "trace");
    const running = start([...at("portal login --pin-stdin"), "--trace", trace]);
    await traced(trace).toContain("< 63C2");
    await expect.poll(() => spawnSync("pkcs15-tool", ["--list-pins"]).status, { timeout: 5000 }).toBe(0);
    spendTryElsewhere();
    running.child.stdin.end("1234\n");
    expect(failed(await running.ended, "ERR_PIN_WITHHELD")).toMatchObject({
      pinSent: false,
      triesBefore: 1,
      triesAfter: 1,
      details: { reason: "last-try" },
    });
    expect(recordOf(home, "auth-two-tries", "auth")).toMatchObject({
      remaining: 1,
      verifies: 1,
      lastTryBurnt: false,
    });
  });

  test("keeps the PIN back while a person typed it", async ({ home, insert, terminal }) => {
    await insert("auth-two-tries");
    const person = terminal("mykey issue --yes");
    await person.sees("2 of 3 tries left");
    spendTryElsewhere();
    person.type(`1234${keys.enter}`);
    await person.sees("Only one try is left");
    await person.sees("ERR_PIN_WITHHELD (7)");
    expect(await person.ended()).toBe(7);
    expect(recordOf(home, "auth-two-tries", "auth")).toMatchObject({
      remaining: 1,
      verifies: 1,
      lastTryBurnt: false,
    });
  });
});

describe("readers", () => {
  test("with a card in each: are not guessed between", async ({ insert, mynakit }) => {
    await insert("standard");
    await insert("under-15", 35964);
    for (const words of [
      "card status --json",
      "portal login --pin-stdin --json",
      "card status --json -r pcsc:Virtual",
    ]) {
      const { details, pinSent } = failed(await mynakit(words, pin), "ERR_READER_AMBIGUOUS");
      expect({ readers: details.readers, pinSent }).toEqual({ readers: [first, second], pinSent: false });
    }
    expect(failedInWords(await mynakit("card status --lang ja"), "ERR_READER_AMBIGUOUS")).toContain(second);
    expect(success("card status", await mynakit(at("card status", second))).data.reader).toBe(`pcsc:${second}`);
    expect(success("card status", await mynakit(at("card status", "00 01"))).data.reader).toBe(`pcsc:${second}`);
  });

  test("without a card: miss it at once", async ({ mynakit }) => {
    for (const words of ["card status", "pin tries", "cert show", "portal login", "mykey issue --yes"]) {
      const outcome = await mynakit(`${words} --json`);
      expect(failed(outcome, "ERR_CARD_ABSENT").retryable).toBe(true);
      expect(outcome.milliseconds).toBeLessThan(promptly);
    }
    failed(await mynakit(at("card status")), "ERR_CARD_ABSENT");
    expect(failed(await mynakit(at("card status", "ACR122")), "ERR_READER_NOT_FOUND").details).toMatchObject({
      readers: [first, second],
    });
  });

  test("are waited at: until a card comes, until the time is over, until Ctrl-C", async ({
    insert,
    mynakit,
    start,
  }) => {
    const waiting = start("card status --wait --json");
    const short = await mynakit("card status --wait=0.5 --json");
    failed(short, "ERR_CARD_ABSENT");
    expect(short.milliseconds).toBeGreaterThan(500);
    const cancelled = start("card status --wait");
    await cancelled.tells(/Insert the card/);
    failedInWords(await cancelled.stop("SIGINT"), "ERR_CANCELLED");
    await insert("standard");
    expect(success("card status", await waiting.ended).data.reader).toBe(`pcsc:${first}`);
  });

  test("are asked for by a reservation after the environment was checked, which then goes on", async ({
    insert,
    start,
  }) => {
    const waiting = start(at("mykey issue --yes --pin-stdin --wait --lang ja").filter((word) => word !== "--json"));
    waiting.child.stdin.end("1234\n");
    await waiting.tells(/1\/6[\s\S]*カードをリーダーに置くか、挿してください。/);
    await insert("standard");
    expect(await waiting.ended).toMatchObject({ code: 0, stderr: expect.stringContaining("6/6") });
  });

  test("of a whole batch are used at once, and a reader by another of its names is no second one", async ({
    home,
    insert,
    mynakit,
  }) => {
    await insert("standard");
    await mynakit("sim create other");
    await insert("other", 35964);
    const file = path.join(home, "cards.txt");
    writeFileSync(file, `${first}\npcsc:${second}\nPCD 00 00\n`);
    const outcome = await mynakit(["mykey", "issue", "--yes", "--json", "--pin-stdin", "--batch", file], pin);
    const { lines, summary } = batch(outcome);
    expect(lines.map(({ error }) => error?.code ?? "issued").sort()).toEqual([
      "ERR_READER_REPEATED",
      "issued",
      "issued",
    ]);
    expect(summary).toMatchObject({ created: 2, failed: 1 });
    expect(recordOf(home, "standard", "auth").verifies).toBe(1);
  });

  test("that another program holds: are waited for, for a bounded time, and named", async ({ insert, mynakit }) => {
    await insert("standard");
    const client = Client.start();
    try {
      await client.ask(`open ${first}`);
      await client.ask("connect");
      const outcome = await mynakit(at("portal login --pin-stdin"), pin);
      expect(failed(outcome, "ERR_READER_BUSY")).toMatchObject({
        retryable: true,
        pinSent: false,
        details: { reader: first },
      });
      expect(outcome.milliseconds).toBeLessThan(promptly);
      const waiting = mynakit(at("pin tries"));
      await client.ask("disconnect leave");
      success("pin tries", await waiting);
    } finally {
      await client.end();
    }
  });

  test("with a Suica or a mute card: name it", async ({ insert, mynakit }) => {
    await insert("suica");
    await insert("mute", 35964);
    const kinds = success("reader list", await mynakit("reader list --json")).data.readers.map(
      ({ card }) => card?.kind,
    );
    expect(kinds.slice(0, 2)).toEqual(["suica", "mute"]);
    expect(success("card status", await mynakit(at("card status"))).data.kind).toBe("suica");
    for (const words of ["pin tries", "cert show", "portal login --pin-stdin", "mykey issue --yes --pin-stdin"]) {
      expect(failed(await mynakit(at(words), pin), "ERR_CARD_KIND").details.kind).toBe("suica");
      failed(await mynakit(at(words, second), pin), "ERR_CARD_MUTE");
    }
  });
});

describe("a card pulled in the middle of", () => {
  const commands = [
    "card status",
    "pin tries",
    "cert show",
    "cert show sign --pin-stdin",
    "mykey issue --yes --pin-stdin",
    "portal login --pin-stdin",
  ];

  test.for(commands)("%s: ends it promptly", async (words, { home, putIn, mynakit }) => {
    for (const removeAfter of [1, 3, 4]) {
      await mynakit("sim reset standard");
      setFaults(home, "standard", { removeAfter });
      // Whoever looks at this card has had it.
      await putIn("standard");
      const outcome = await mynakit([...at(words), "--wait=30"], words.includes("sign") ? { input: "TEST1234" } : pin);
      const { pinSent } = failed(outcome, "ERR_CARD_REMOVED");
      expect(outcome.milliseconds).toBeLessThan(promptly);
      const records = (["auth", "sign"] as const).map((id) => recordOf(home, "standard", id));
      expect(pinSent).toBe(records.some(({ verifies }) => verifies > 0));
      await seen(mynakit, first, false);
    }
  });

  test.for(commands)(
    "%s, with whoever held it killed: ends it promptly",
    async (words, { home, insert, mynakit, start }) => {
      await mynakit("sim create standard");
      setFaults(home, "standard", { slowMs: 300 });
      const card = await insert("standard");
      const trace = path.join(home, "trace");
      const running = start([...at(words), "--trace", trace]);
      running.child.stdin.end(words.includes("sign") ? "TEST1234" : "1234");
      await expect
        .poll(() => readFileSync(trace, { encoding: "utf8", flag: "a+" }), { interval: 10, timeout: 5000 })
        .toContain("> ");
      const started = performance.now();
      await card.stop("SIGKILL");
      failed(await running.ended, "ERR_CARD_REMOVED");
      expect(performance.now() - started).toBeLessThan(promptly);
    },
  );
});

describe("a card pulled while its PIN is awaited", () => {
  test.for(["cert show sign", "pin check auth", "portal login"])(
    "for %s: was removed, and nothing was sent",
    async (words, { home, insert, mynakit, start }) => {
      await mynakit("sim create standard");
      const card = await insert("standard");
      const trace = path.join(home, "trace");
      const running = start([...at(words), "--pin-stdin", "--trace", trace]);
      await expect
        .poll(() => readFileSync(trace, { encoding: "utf8", flag: "a+" }), { interval: 10, timeout: 5000 })
        .toMatch(/^< 63C[35]$/m);
      await card.stop("SIGTERM");
      await seen(mynakit, first, false);
      running.child.stdin.end(words.includes("sign") ? "TEST1234" : "1234");
      const { pinSent } = failed(await running.ended, "ERR_CARD_REMOVED");
      expect(pinSent).toBe(false);
    },
  );
});

describe("Ctrl-C in the middle of a slow read", () => {
  test("ends it, and leaves the card to the next", async ({ home, insert, mynakit, start }) => {
    await mynakit("sim create standard");
    setFaults(home, "standard", { slowMs: 300 });
    await insert("standard");
    const trace = path.join(home, "trace");
    const running = start([...at("card status"), "--trace", trace]);
    await expect
      .poll(() => readFileSync(trace, { encoding: "utf8", flag: "a+" }), { interval: 10, timeout: 5000 })
      .toContain("> ");
    const started = performance.now();
    failed(await running.stop("SIGINT"), "ERR_CANCELLED");
    expect(performance.now() - started).toBeLessThan(promptly);
    success("pin tries", await mynakit(at("pin tries auth")));
  });
});

describe("a service", () => {
  /** A script beside a pcscd of its own, which it may kill; `mynakit` runs the program. */
  const besideAnother = (home: string, script: string) => {
    const file = path.join(home, "script");
    writeFileSync(file, `#!/bin/bash\nmynakit() { '${process.execPath}' '${program}' "$@"; }\n${script}`);
    chmodSync(file, 0o700);
    const beside = path.join(import.meta.dirname, "../../scripts/with-pcscd");
    const { PCSCLITE_CSOCK_NAME: _, ...env } = process.env;
    return promisify(execFile)(beside, [file], { env: { ...env, MYNAKIT_HOME: home, HOME: home, LANG: "C" } });
  };
  const documents = (stdout: string) =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

  test("that has been killed is named; reader list still lists what there is", async ({ home }) => {
    const { stdout } = await besideAnother(
      home,
      `
      kill -9 $PCSCD_PID; while kill -0 $PCSCD_PID 2>/dev/null; do sleep 0.01; done
      mynakit card status --json; echo "{\\"exit\\":$?}"
      mynakit reader list --json; echo "{\\"exit\\":$?}"`,
    );
    expect(documents(stdout)).toMatchObject([
      { error: { code: "ERR_PCSC_SERVICE" } },
      { exit: 3 },
      { data: { readers: [{ uri: "sim:standard" }] }, warnings: [{ code: "WARN_PCSC_UNAVAILABLE" }] },
      { exit: 0 },
    ]);
  });

  test("killed while we wait for a card is missed at once", async ({ home }) => {
    const { stdout } = await besideAnother(
      home,
      `
      mynakit card status --wait --json --verbose 2>${home}/told & waiting=$!
      until mynakit reader list --json >/dev/null; do :; done
      kill -9 $PCSCD_PID; wait $waiting; echo "{\\"exit\\":$?}"`,
    );
    expect(documents(stdout)).toMatchObject([
      { error: { exit: 3, code: expect.stringMatching(/^ERR_(PCSC|READER)_/) } },
      { exit: 3 },
    ]);
  });

  test("without readers says so, and reader list shows that there are none [row 91]", async ({ home }) => {
    mkdirSync(path.join(home, "none"));
    const { stdout } = await besideAnother(
      home,
      `
      kill $PCSCD_PID; while kill -0 $PCSCD_PID 2>/dev/null; do sleep 0.01; done
      pcscd --config ${home}/none && mynakit card status --json; echo "{\\"exit\\":$?}"
      mynakit reader list --json; echo "{\\"exit\\":$?}"
      kill "$(</run/pcscd/pcscd.pid)"`,
    );
    expect(documents(stdout)).toMatchObject([
      { error: { code: "ERR_READER_NONE" } },
      { exit: 3 },
      { data: { readers: [{ uri: "sim:standard" }] }, warnings: [] },
      { exit: 0 },
    ]);
  });
});
