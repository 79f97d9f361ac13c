import path from "node:path";
import type { CommandName } from "../../../src/commands/registry.ts";

/** A command line that talks to a card, and what is given to `--pin-stdin`. */
export interface CommandLine {
  /** `HOME` in it is the run's own folder; what is written goes into `HOME/out`. */
  readonly words: string;
  readonly pins?: readonly string[];
  /** What has to be done once before. */
  readonly after?: CommandLine;
}

/** PINs that stand nowhere else in what a card holds or a program says; `a` are both verification numbers A, `b` both B. */
export const secrets = {
  auth: "8302",
  sign: "QX73KM19",
  text: "6194",
  a: "123456789018",
  b: "60041220297351",
} as const;
const replacements = { auth: "5739", sign: "ZV82PW64", text: "2851" } as const;

const blankPdf = path.resolve(import.meta.dirname, "../../pdf/support/blank.pdf");

const line = (words: string, ...pins: string[]): CommandLine => ({ words, ...(pins.length > 0 && { pins }) });

/** For who has a MyKey ID. */
const withId = (words: string): CommandLine => ({
  ...line(words, secrets.auth),
  after: line("mykey issue --yes", secrets.auth),
});

/** How each command talks to a card; none: it does not. A new command says so here. */
export const commandLines: Readonly<Record<CommandName, readonly CommandLine[]>> = {
  "reader list": [],
  "card status": [line("card status")],
  "card info": [line("card info", secrets.text), line("card info --with b", secrets.b)],
  "card number": [line("card number --yes", secrets.text)],
  "card face": [line("card face -o HOME/out", secrets.b), line("card face --with a -o HOME/out", secrets.a)],
  "card serial": [line("card serial")],
  "pin tries": [line("pin tries")],
  "pin check": [
    line("pin check auth", secrets.auth),
    line("pin check sign", secrets.sign),
    line("pin check text", secrets.text),
  ],
  "pin change": [
    line("pin change auth", secrets.auth, replacements.auth),
    line("pin change sign", secrets.sign, replacements.sign),
    line("pin change text", secrets.text, replacements.text),
  ],
  "cert show": [
    line("cert show auth"),
    line("cert show sign -o HOME/out/sign.pem", secrets.sign),
    line("cert show sign-ca"),
  ],
  "cert check": [line("cert check auth"), line("cert check sign", secrets.sign)],
  "sign raw": [
    line(`sign raw --digest ${"5A".repeat(32)}`, secrets.sign),
    line("sign raw /dev/null --key auth -o HOME/out/signature", secrets.auth),
  ],
  "sign cms": [line("sign cms /dev/null -o HOME/out/signature.p7s", secrets.sign)],
  "sign pdf": [
    line(`sign pdf ${blankPdf} -o HOME/out/signed.pdf --visible 1:20,20,100,50`, secrets.sign),
    line(`sign pdf ${blankPdf} -o -`, secrets.sign),
  ],
  "sign jws": [line("sign jws /dev/null -o HOME/out/signature.jws", secrets.sign)],
  "verify cms": [],
  "verify pdf": [],
  "verify jws": [],
  "apdu send": [line("apdu send 00A4040C0AD392F000260100000001 00B08A0000 00200098")],
  "apdu trace decode": [],
  "mykey issue": [line("mykey issue --yes", secrets.auth)],
  "mykey show": [withId("mykey show")],
  "mykey change": [withId("mykey change --yes")],
  "mykey status": [withId("mykey status")],
  // These log in to the account as the two before; some could be done only once.
  "mykey report-leak": [],
  "mykey revoke": [],
  "mykey history": [],
  "mykey password": [],
  "mykey page": [],
  "mykey profile": [],
  "mykey notify": [],
  "mykey points-account": [],
  "points programmes": [],
  "points calc": [],
  "points status": [withId("points status")],
  "points apply": [],
  "points history": [],
  explain: [],
  "portal login": [line("portal login", secrets.auth)],
  "portal approve": [],
  "portal ping": [],
  "portal whoami": [],
  "portal sessions": [],
  "portal logout": [],
  "portal register": [],
  "portal profile": [],
  "portal notices": [],
  "portal info": [],
  "portal exchanges": [],
  "portal consents": [],
  "portal functions": [],
  "portal links": [],
  "portal pay": [],
  "portal procedures search": [],
  "portal procedures show": [],
  "portal procedures apply": [
    {
      ...line(
        "portal procedures apply 131105-moving-out --set movingDay=2026-12-01 --set newAddress=Osaka --set phone=0312345678 --yes",
        secrets.text,
        secrets.sign,
      ),
      after: line("portal login", secrets.auth),
    },
  ],
  "portal applications": [],
  "portal withdraw": [],
  "verify receipt": [],
  "sandbox application advance": [],
  "sandbox application return": [],
  "sim list": [],
  "sim create": [],
  "sim show": [],
  "sim expect": [],
  "sim log": [],
  "sim reset": [],
  "sim delete": [],
  "sim profiles": [],
  "sim insert": [],
  "sandbox start": [],
  "sim renew": [],
  "sim reissue": [],
  "sim move": [],
  "sandbox user show": [],
  "sandbox user suspend": [],
  "sandbox user lift": [],
  "sandbox audit verify": [],
  "sandbox clock show": [],
  "sandbox clock set": [],
  "sandbox clock advance": [],
  "sandbox clock reset": [],
  "sandbox export": [],
  "sandbox import": [],
  "sandbox capacity": [],
  "sandbox close": [],
  "sandbox open": [],
  "sandbox programme list": [],
  "sandbox programme show": [],
  "sandbox programme open": [],
  "sandbox programme close": [],
  "sandbox programme set": [],
  "sandbox programme reset": [],
  "sandbox client add": [],
  "sandbox client list": [],
  "sandbox client remove": [],
  "sandbox service add": [],
  "sandbox service account": [],
  "sandbox charge": [],
  completion: [],
};

/** Nothing that a program writes may hold one of these. */
export const allSecrets: readonly string[] = [...Object.values(secrets), ...Object.values(replacements)];
