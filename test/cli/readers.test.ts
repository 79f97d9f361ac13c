import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { freePort } from "./support/ports.ts";
import { test } from "./support/test.ts";

describe("reader list", () => {
  test("without a service lists the simulated cards, and says in a warning what is missing [rows 10, 33]", async ({
    mynakit,
  }) => {
    await mynakit("sim create mine --profile suica");
    await mynakit("sim create dumb --profile mute");
    const { data, warnings } = success("reader list", await mynakit("reader list --json"));
    const names = Object.fromEntries(
      data.readers.map(({ name, uri, backend, card }) => [name, [uri, backend, card?.kind]]),
    );
    expect(names).toEqual({
      standard: ["sim:standard", "sim", "my-number-card"],
      mine: ["sim:mine", "sim", "suica"],
      dumb: ["sim:dumb", "sim", "mute"],
    });
    expect(warnings).toMatchObject([
      { code: "WARN_PCSC_UNAVAILABLE", details: { code: expect.stringMatching(/^ERR_PCSC_/) } },
    ]);
  });

  test("says the same in words, the warning on standard error", async ({ mynakit }) => {
    const english = await mynakit("reader list");
    expect(english).toMatchObject({ code: 0, stdout: expect.stringContaining("sim:standard") });
    expect(english.stderr).toMatch(/^Warning: .*ERR_PCSC_\w+.*\n$/);
    const japanese = await mynakit("reader list --lang ja");
    expect(japanese).toMatchObject({ code: 0, stdout: expect.stringContaining("マイナンバーカード") });
    expect(japanese.stderr).toMatch(/^注意: .*\n$/);
  });
});

describe("a reader that is not there", () => {
  test.for(["pcsc:ACR122U", "ACR122U", ""])(
    "without a service (%j): exits 3 and says how to start it",
    async (reader, { mynakit }) => {
      for (const words of ["card status", "pin tries", "cert show", "portal login"]) {
        const { code, stdout } = await mynakit([...words.split(" "), "--json", ...(reader ? ["-r", reader] : [])]);
        expect(code).toBe(3);
        expect(JSON.parse(stdout).error.code).toMatch(/^ERR_PCSC_(SERVICE|MISSING)$/);
      }
    },
  );

  test("sim:nosuch is answered with those that are", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const { details } = failed(await mynakit("pin tries -r sim:nosuch --json"), "ERR_READER_NOT_FOUND");
    expect(details).toEqual({ given: "sim:nosuch", readers: ["sim:standard", "sim:mine"] });
    expect(failedInWords(await mynakit("pin tries -r sim:nosuch --lang ja"), "ERR_READER_NOT_FOUND")).toContain(
      "sim:mine",
    );
  });

  test("vpcd: an address that is none, and a port that others use, are named", async ({ mynakit, start }) => {
    failed(await mynakit("pin tries -r vpcd:nowhere --json"), "ERR_USAGE_READER");
    const { port } = new URL(await start("sandbox start --port 0").line());
    const { code } = await mynakit(`pin tries -r vpcd:127.0.0.1:${port} --json`);
    expect(code).toBe(3);
  });
});

describe("vpcd:HOST:PORT", () => {
  test("takes a card that comes by itself; a file is there as long as it is in [row 30]", async ({
    home,
    mynakit,
    start,
  }) => {
    const port = await freePort();
    const waiting = mynakit(`pin tries auth -r vpcd:127.0.0.1:${port} --wait=20 --json`);
    const readyFile = path.join(home, "ready");
    writeFileSync(readyFile, "left behind");
    const inserted = start(`sim insert standard --port ${port} --ready-file ${readyFile}`);
    expect(await inserted.line()).toBe("ready");
    expect(readFileSync(readyFile, "utf8")).toBe(`127.0.0.1:${port}\n`);
    expect(success("pin tries", await waiting).data.pins).toMatchObject([{ remaining: 3 }]);
    expect(await inserted.ended).toMatchObject({ code: 0 });
    expect(existsSync(readyFile)).toBe(false);
    expect((await mynakit("sim log standard")).stdout).toContain("> 00A4040C");
  });
});

describe("--wait", () => {
  test("says on standard error that the card is to be inserted, with --json too, and goes on when it is", async ({
    start,
  }) => {
    const port = await freePort();
    const words = `mykey issue --yes --pin-stdin -r vpcd:127.0.0.1:${port} --wait --json --lang ja`;
    const waiting = start(words);
    waiting.child.stdin.end("1234\n");
    await waiting.tells(/カードをリーダーに置くか、挿してください。/);
    await start(`sim insert standard --port ${port}`).line();
    const { code, stderr } = await waiting.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "カードをリーダーに置くか、挿してください。\n" });
  });

  test("ends with its time, and with Ctrl-C: no card", async ({ mynakit, start }) => {
    const port = await freePort();
    const words = `mykey issue --yes --pin-stdin -r vpcd:127.0.0.1:${port} --json`;
    const outcome = await mynakit(`${words} --wait=0.2`, { input: "1234\n" });
    expect(failed(outcome, "ERR_CARD_ABSENT")).toMatchObject({ retryable: true, pinSent: false });
    const waiting = start(`${words} --wait`);
    await waiting.tells(/Insert the card/);
    failed(await waiting.stop("SIGINT"), "ERR_CANCELLED");
  });

  test("says nothing where the card is there, nor with --quiet", async ({ mynakit }) => {
    expect((await mynakit("pin tries auth -r sim:standard --wait --json")).stderr).toBe("");
    const port = await freePort();
    const outcome = await mynakit(`pin tries auth -r vpcd:127.0.0.1:${port} --wait=0.1 --quiet --json`);
    failed(outcome, "ERR_CARD_ABSENT");
    expect(outcome.stderr).toBe("");
  });
});

describe("sim insert", () => {
  test("where the ready file cannot be written, says so", async ({ home, mynakit }) => {
    const port = await freePort();
    const waiting = mynakit(`pin tries auth -r vpcd:127.0.0.1:${port} --wait=20 --json`);
    const readyFile = path.join(home, "no/such/folder/ready");
    const outcome = await mynakit(`sim insert standard --port ${port} --ready-file ${readyFile} --json`);
    expect(failed(outcome, "ERR_IO_WRITE").details).toEqual({ path: readyFile, reason: "ENOENT" });
    expect((await waiting).code).not.toBe(0);
  });

  test("where no virtual reader is, says so", async ({ mynakit }) => {
    const port = await freePort();
    const { details } = failed(await mynakit(`sim insert standard --port ${port} --json`), "ERR_READER_UNREACHABLE");
    expect(details).toEqual({ address: `127.0.0.1:${port}`, reason: "ECONNREFUSED" });
    const told = failedInWords(await mynakit(`sim insert standard --port ${port} --lang ja`), "ERR_READER_UNREACHABLE");
    expect(told).toContain("vpcd");
  });

  test("where somebody else answers and hangs up, does not say that all went well", async ({ mynakit }) => {
    const other = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    failed(await mynakit(`sim insert standard --port ${port} --json`), "ERR_READER_UNREACHABLE");
    other.close();
  });

  test("that is given up before the reader looked, was cancelled", async ({ start }) => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const running = start(`sim insert standard --port ${(silent.address() as AddressInfo).port} --json`);
    const [socket] = await once(silent, "connection");
    failed(await running.stop("SIGINT"), "ERR_CANCELLED");
    socket.destroy();
    silent.close();
  });
});

describe("a trace", () => {
  const show = "cert show sign -r sim:standard --pin-stdin";

  test("is its owner's alone, and holds no password and no certificate of a person", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    const { data } = success("cert show", await mynakit(`${show} --json --trace ${trace}`, { input: "TEST1234" }));
    expect(statSync(trace).mode & 0o777).toBe(0o600);
    const text = readFileSync(trace, "utf8");
    expect(text).toContain("> 0020009B\n< 63C5\n");
    expect(text).toContain("[PIN 8]");
    expect(text).not.toContain(Buffer.from("TEST1234").toString("hex").toUpperCase());
    const der = Buffer.from(data.certificate.pem.replace(/-----.*-----|\n/g, ""), "base64")
      .toString("hex")
      .toUpperCase();
    expect(text.replace(/\s/g, "")).not.toContain(der.slice(200, 232));
  });

  test.for(["pin tries", "cert show auth-ca", "cert show sign-ca"])(
    "of %s, replayed, gives the same answer",
    async (words, { home, mynakit }) => {
      const trace = path.join(home, "trace");
      const first = await mynakit(`${words} -r sim:standard --json --trace ${trace}`);
      const again = await mynakit(["--json", "-r", `replay:${trace}`, ...words.split(" ")]);
      const named = (text: string) =>
        text.replaceAll("sim:standard", "R").replaceAll(`replay:${trace}`, "R").replaceAll(trace, "R");
      expect(again).toMatchObject({ code: 0, stderr: "" });
      expect(named(again.stdout)).toBe(named(first.stdout));
    },
  );

  test("of another command is no answer", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    await mynakit(`pin tries -r sim:standard --trace ${trace}`);
    const { details } = failed(await mynakit(`cert show -r replay:${trace} --json`), "ERR_CARD_REPLAY");
    expect(details).toMatchObject({ file: trace });
    failedInWords(await mynakit(`cert show -r replay:${trace} --lang ja`), "ERR_CARD_REPLAY");
  });

  test("that ends before the second hold is a card that was removed", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    await mynakit(`pin check auth -r sim:standard --pin-stdin --trace ${trace}`, { input: "1234" });
    const [first = ""] = readFileSync(trace, "utf8").split(/^(?=atr )/m);
    writeFileSync(trace, first);
    const check = await mynakit(`pin check auth -r replay:${trace} --pin-stdin --json`, { input: "1234" });
    expect(failed(check, "ERR_CARD_REMOVED")).toMatchObject({ pinSent: false, triesBefore: 3, triesAfter: 3 });
  });

  test("that conceals what is asked for says so", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    await mynakit(`${show} --trace ${trace}`, { input: "TEST1234" });
    const { pinSent } = failed(
      await mynakit(`cert show sign -r replay:${trace} --pin-stdin --json`, { input: "TEST1234" }),
      "ERR_CARD_REPLAY",
    );
    expect(pinSent).toBe(true);
  });

  test.for([
    ["words", "this is no dialogue\n"],
    ["half bytes", "atr 3B8\n> 00A\n"],
    ["a response first", "< 9000\n"],
    ["binary", "\u0000\u0001\u00ff\n"],
    ["two commands", "> 00A4040C0AD392F000260100000001\n> 00A4040C0AD392F000260100000001\n"],
  ])("that is garbage (%s) exits 4", async ([, text = ""], { home, mynakit }) => {
    const file = path.join(home, "trace");
    writeFileSync(file, text);
    const { code, stdout } = await mynakit(`pin tries -r replay:${file} --json`);
    expect({ code, family: JSON.parse(stdout).error.code.slice(0, 9) }).toEqual({ code: 4, family: "ERR_CARD_" });
  });

  test("that is empty is a reader without a card; none at all cannot be read", async ({ home, mynakit }) => {
    const file = path.join(home, "trace");
    writeFileSync(file, "");
    failed(await mynakit(`pin tries -r replay:${file} --json`), "ERR_CARD_ABSENT");
    failed(await mynakit(`pin tries -r replay:${home}/nothing --json`), "ERR_IO_READ");
    failed(await mynakit(`pin tries -r replay:${home} --json`), "ERR_IO_READ");
  });

  test("that cannot be written ends the command before the card is touched", async ({ home, mynakit }) => {
    const { details } = failed(
      await mynakit(`pin tries -r sim:standard --trace ${home}/no/trace --json`),
      "ERR_IO_WRITE",
    );
    expect(details).toMatchObject({ path: `${home}/no/trace` });
    failed(await mynakit("pin tries -r sim:standard --trace /dev/full --json"), "ERR_IO_WRITE");
  });
});

describe("MYNAKIT_NOW", () => {
  const at = (now: string) => ({ env: { MYNAKIT_NOW: now } });

  test("is the time of a simulated card", async ({ mynakit }) => {
    const { data } = success("cert show", await mynakit("cert show -r sim:standard --json"));
    const { notBefore, notAfter } = data.certificate;
    const states = [
      new Date(Date.parse(notBefore) - 1000).toISOString(),
      notBefore,
      new Date(Date.parse(notAfter) + 1000).toISOString(),
    ];
    const seen = states.map(
      async (now) =>
        success("cert show", await mynakit("cert show -r sim:standard --json", at(now))).data.certificate.state,
    );
    expect(await Promise.all(seen)).toEqual(["not-yet-valid", "valid", "expired"]);
  });

  test("may be written with any offset", async ({ mynakit }) => {
    expect(await mynakit("card status -r sim:standard", at("2026-04-01T09:00:00+09:00"))).toMatchObject({ code: 0 });
    const { data } = success("sim create", await mynakit("sim create mine --json", at("2026-04-01T09:00:00.5+09:00")));
    expect(data.createdAt).toBe("2026-04-01T00:00:00.500Z");
  });

  test.for([
    "tomorrow",
    "2026-04-01",
    "2026-04-01T09:00:00",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "1775001600",
  ])("%s: is no time", async (now, { mynakit }) => {
    expect(failed(await mynakit("pin tries -r sim:standard --json", at(now)), "ERR_USAGE_TIME").details).toEqual({
      given: now,
    });
    failedInWords(await mynakit("pin tries -r sim:standard --lang ja", at(now)), "ERR_USAGE_TIME");
  });

  test("empty is none", async ({ mynakit }) => {
    expect(await mynakit("pin tries -r sim:standard", at(""))).toMatchObject({ code: 0 });
  });

  test("is passed over with a warning where not all is simulated", async ({ home, mynakit, start }) => {
    const now = "2040-01-01T00:00:00Z";
    const trace = path.join(home, "trace");
    await mynakit(`cert show auth-ca -r sim:standard --trace ${trace}`);
    const replayed = success("cert show", await mynakit(`cert show auth-ca -r replay:${trace} --json`, at(now)));
    expect(replayed).toMatchObject({
      data: { certificate: { state: "valid" } },
      warnings: [{ code: "WARN_TIME_IGNORED" }],
    });
    const url = await start("sandbox start --port 0").line();
    const login = `portal login --pin-stdin -r sim:standard --platform ${url} --json`;
    const { warnings } = success("portal login", await mynakit(login, { ...at(now), input: "1234" }));
    expect(warnings).toMatchObject([{ code: "WARN_TIME_IGNORED", details: { value: now } }]);
  });
});
