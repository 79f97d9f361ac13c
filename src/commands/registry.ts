import { hashNames, pinIds } from "../jpki/applications.ts";
import { lifeEvents } from "../portal/procedures/wire.ts";
import { informationTopics } from "../portal/wire/information.ts";
import { linkServices } from "../portal/wire/links.ts";
import { paymentMeans } from "../portal/wire/payments.ts";
import type { ArgumentDefinition, OptionDefinition, Run } from "./command.ts";
import type { DataOf } from "./results.ts";

/** A command as data, without its words (`ui/messages`) and its view (`ui/views`). Its code is loaded when it runs. */
interface CommandDefinition<N extends string> {
  readonly arguments?: readonly ArgumentDefinition[];
  readonly options?: Readonly<Record<string, OptionDefinition>>;
  readonly load: () => Promise<{ readonly run: Run<DataOf<N>> }>;
}

const define =
  <N extends string>() =>
  <const D extends CommandDefinition<N>>(definition: D): D =>
    definition;

const certificateFile: OptionDefinition = { flags: "--file <file>" };
/** How verification number B is composed from what is printed on the card. */
const birthYear: OptionDefinition = { flags: "--birth-year <calendar>", choices: ["era", "gregorian"], default: "era" };
const asOf: OptionDefinition = { flags: "--as-of <date>" };
/** Instead of the card: the sources of PINs then bring the password. */
const byPassword = { mykeyId: { flags: "--mykey-id <id>" } } as const satisfies Record<string, OptionDefinition>;
const mykeyId: ArgumentDefinition = { name: "id", required: true };
const procedureId: ArgumentDefinition = { name: "id", required: true };
const simName: ArgumentDefinition = { name: "name", required: true };
const programmeNumber = { name: "programme", required: true, choices: ["1", "2"] } as const;
const serviceAccount: readonly ArgumentDefinition[] = [
  { name: "service", required: true },
  { name: "service-id", required: true },
];
const hash: OptionDefinition = { flags: "--hash <hash>", choices: hashNames, default: "sha256" };
const signingKey: OptionDefinition = { flags: "--key <key>", choices: ["sign", "auth"], default: "sign" };
const output: OptionDefinition = { flags: "-o, --output <file>" };
const force: OptionDefinition = { flags: "--force" };
/** An OpenID Connect provider, in the platform's place. */
const issuer: OptionDefinition = { flags: "--issuer <url>" };
/** What a person registers with Mynaportal. */
const portalUser = {
  nickname: { flags: "--nickname <name>" },
  email: { flags: "--email <address>" },
  notify: { flags: "--notify <state>", choices: ["on", "off"] },
} as const satisfies Record<string, OptionDefinition>;
/** Whom to trust when a signature is verified, and when. */
const trusting = {
  ca: { flags: "--ca <file>", repeatable: true },
  crl: { flags: "--crl <file>" },
  simulated: { flags: "--simulated" },
  at: { flags: "--at <time>" },
} as const satisfies Record<string, OptionDefinition>;
const verifying = { content: { flags: "--content <file>" }, ...trusting } as const;
/** The PINs that people choose themselves. */
const holderPin: ArgumentDefinition = { name: "pin", required: true, choices: ["auth", "sign", "text"] };

/** Every command, in the order in which help shows them. The key is `noun verb`, with a word between them where a noun has parts, or one word for a command without verb. */
export const commands = {
  "reader list": define<"reader list">()({ load: () => import("./reader/list.ts") }),
  "card status": define<"card status">()({ load: () => import("./card/status.ts") }),
  "card info": define<"card info">()({
    options: { with: { flags: "--with <secret>", choices: ["pin", "b"], default: "pin" }, birthYear },
    load: () => import("./card/info.ts"),
  }),
  "card number": define<"card number">()({
    options: { reveal: { flags: "--reveal" }, yes: { flags: "--yes" } },
    load: () => import("./card/number.ts"),
  }),
  "card face": define<"card face">()({
    options: {
      output: { flags: "-o, --output <folder>" },
      force: { flags: "--force" },
      with: { flags: "--with <secret>", choices: ["a", "b"], default: "b" },
      birthYear,
    },
    load: () => import("./card/face.ts"),
  }),
  "card serial": define<"card serial">()({ load: () => import("./card/serial.ts") }),
  "pin tries": define<"pin tries">()({
    arguments: [
      {
        name: "pins",
        required: false,
        variadic: true,
        choices: pinIds,
      },
    ],
    load: () => import("./pin/tries.ts"),
  }),
  "pin check": define<"pin check">()({ arguments: [holderPin], load: () => import("./pin/check.ts") }),
  "pin change": define<"pin change">()({
    arguments: [holderPin],
    options: { allowObvious: { flags: "--allow-obvious" } },
    load: () => import("./pin/change.ts"),
  }),
  "cert show": define<"cert show">()({
    arguments: [{ name: "kind", required: false, choices: ["auth", "sign", "auth-ca", "sign-ca"] }],
    options: {
      file: certificateFile,
      format: { flags: "--format <format>", choices: ["text", "pem", "der"] },
      output,
      force,
    },
    load: () => import("./cert/show.ts"),
  }),
  "cert check": define<"cert check">()({
    arguments: [{ name: "kind", required: false, choices: ["auth", "sign"] }],
    options: {
      file: certificateFile,
      warnDays: { flags: "--warn-days <n>", default: "0" },
      ca: { flags: "--ca <file>", repeatable: true },
      crl: { flags: "--crl <file>" },
      ocsp: { flags: "--ocsp <url>" },
    },
    load: () => import("./cert/check.ts"),
  }),
  "sign raw": define<"sign raw">()({
    arguments: [{ name: "file", required: false }],
    options: {
      digest: { flags: "--digest <hex>" },
      hash,
      key: signingKey,
      format: { flags: "--format <format>", choices: ["binary", "base64"] },
      output,
      force,
    },
    load: () => import("./sign/raw.ts"),
  }),
  "sign cms": define<"sign cms">()({
    arguments: [{ name: "file", required: true }],
    options: {
      attached: { flags: "--attached" },
      detached: { flags: "--detached" },
      hash,
      format: { flags: "--format <format>", choices: ["der", "pem"], default: "der" },
      output,
      force,
    },
    load: () => import("./sign/cms.ts"),
  }),
  "sign pdf": define<"sign pdf">()({
    arguments: [{ name: "file", required: true }],
    options: {
      reason: { flags: "--reason <text>" },
      location: { flags: "--location <text>" },
      visible: { flags: "--visible <place>" },
      hash,
      output,
      force,
    },
    load: () => import("./sign/pdf.ts"),
  }),
  "sign jws": define<"sign jws">()({
    arguments: [{ name: "file", required: true }],
    options: { detached: { flags: "--detached" }, hash, key: signingKey, output, force },
    load: () => import("./sign/jws.ts"),
  }),
  "verify cms": define<"verify cms">()({
    arguments: [{ name: "file", required: true }],
    options: verifying,
    load: () => import("./verify/cms.ts"),
  }),
  "verify pdf": define<"verify pdf">()({
    arguments: [{ name: "file", required: true }],
    options: trusting,
    load: () => import("./verify/pdf.ts"),
  }),
  "verify jws": define<"verify jws">()({
    arguments: [{ name: "file", required: true }],
    options: verifying,
    load: () => import("./verify/jws.ts"),
  }),
  "verify receipt": define<"verify receipt">()({
    arguments: [{ name: "file", required: true }],
    options: {
      attach: { flags: "--attach <name=file>", repeatable: true },
      jwks: { flags: "--jwks <file>" },
      ca: trusting.ca,
    },
    load: () => import("./verify/receipt.ts"),
  }),
  "apdu send": define<"apdu send">()({
    arguments: [{ name: "hex", required: true, variadic: true }],
    options: { continue: { flags: "--continue" } },
    load: () => import("./apdu/send.ts"),
  }),
  "apdu trace decode": define<"apdu trace decode">()({
    arguments: [{ name: "file", required: true }],
    load: () => import("./apdu/decode.ts"),
  }),
  "mykey issue": define<"mykey issue">()({
    options: {
      yes: { flags: "--yes" },
      dryRun: { flags: "--dry-run" },
      batch: { flags: "--batch <file>" },
      parallel: { flags: "--parallel <n>" },
      retryFailed: { flags: "--retry-failed" },
    },
    load: () => import("./mykey/issue.ts"),
  }),
  "mykey show": define<"mykey show">()({ options: byPassword, load: () => import("./mykey/show.ts") }),
  "mykey change": define<"mykey change">()({
    arguments: [{ name: "id", required: false }],
    options: { ...byPassword, yes: { flags: "--yes" } },
    load: () => import("./mykey/change.ts"),
  }),
  "mykey revoke": define<"mykey revoke">()({
    options: { ...byPassword, confirm: { flags: "--confirm <id>" } },
    load: () => import("./mykey/revoke.ts"),
  }),
  "mykey report-leak": define<"mykey report-leak">()({
    options: { ...byPassword, yes: { flags: "--yes" } },
    load: () => import("./mykey/report-leak.ts"),
  }),
  "mykey status": define<"mykey status">()({ options: byPassword, load: () => import("./mykey/status.ts") }),
  "mykey history": define<"mykey history">()({ options: byPassword, load: () => import("./mykey/history.ts") }),
  "mykey password": define<"mykey password">()({ load: () => import("./mykey/password.ts") }),
  "mykey page": define<"mykey page">()({ load: () => import("./mykey/page.ts") }),
  "mykey profile": define<"mykey profile">()({ options: byPassword, load: () => import("./mykey/profile.ts") }),
  "mykey notify": define<"mykey notify">()({
    arguments: [{ name: "state", required: true, choices: ["on", "off"] }],
    options: { ...byPassword, email: { flags: "--email <address>" } },
    load: () => import("./mykey/notify.ts"),
  }),
  "mykey points-account": define<"mykey points-account">()({
    arguments: [{ name: "municipality", required: true }],
    options: byPassword,
    load: () => import("./mykey/points-account.ts"),
  }),
  "points programmes": define<"points programmes">()({
    options: { asOf },
    load: () => import("./points/programmes.ts"),
  }),
  "points calc": define<"points calc">()({
    options: {
      programme: { flags: "--programme <number>", choices: ["1", "2"], default: "1" },
      charge: { flags: "--charge <yen>", repeatable: true },
      healthInsurance: { flags: "--health-insurance" },
      publicAccount: { flags: "--public-account" },
      asOf,
    },
    load: () => import("./points/calc.ts"),
  }),
  "points status": define<"points status">()({ load: () => import("./points/status.ts") }),
  "points apply": define<"points apply">()({
    options: {
      service: { flags: "--service <service>" },
      serviceId: { flags: "--service-id <id>" },
      codeFile: { flags: "--code-file <file>" },
      yes: { flags: "--yes" },
    },
    load: () => import("./points/apply.ts"),
  }),
  "points history": define<"points history">()({ load: () => import("./points/history.ts") }),
  "portal ping": define<"portal ping">()({ load: () => import("./portal/ping.ts") }),
  "portal login": define<"portal login">()({
    options: {
      qr: { flags: "--qr" },
      issuer,
      clientId: { flags: "--client-id <id>" },
      scope: { flags: "--scope <scopes>" },
      port: { flags: "--port <port>" },
    },
    load: () => import("./portal/login.ts"),
  }),
  "portal approve": define<"portal approve">()({
    arguments: [{ name: "code", required: true }],
    options: { deny: { flags: "--deny" }, yes: { flags: "--yes" } },
    load: () => import("./portal/approve.ts"),
  }),
  "portal whoami": define<"portal whoami">()({ options: { issuer }, load: () => import("./portal/whoami.ts") }),
  "portal procedures search": define<"portal procedures search">()({
    options: {
      city: { flags: "--city <city>" },
      for: { flags: "--for <event>", choices: lifeEvents },
      keyword: { flags: "--keyword <words>" },
    },
    load: () => import("./portal/procedures-search.ts"),
  }),
  "portal procedures show": define<"portal procedures show">()({
    arguments: [procedureId],
    options: { template: { flags: "--template <file>" }, force },
    load: () => import("./portal/procedures-show.ts"),
  }),
  "portal procedures apply": define<"portal procedures apply">()({
    arguments: [procedureId],
    options: {
      set: { flags: "--set <name=value>", repeatable: true },
      form: { flags: "--form <file>" },
      attach: { flags: "--attach <name=file>", repeatable: true },
      corrects: { flags: "--corrects <id>" },
      yes: { flags: "--yes" },
      dryRun: { flags: "--dry-run" },
      output,
      force,
    },
    load: () => import("./portal/procedures-apply.ts"),
  }),
  "portal applications": define<"portal applications">()({
    arguments: [{ name: "id", required: false }],
    load: () => import("./portal/applications.ts"),
  }),
  "portal withdraw": define<"portal withdraw">()({
    arguments: [{ name: "id", required: true }],
    load: () => import("./portal/withdraw.ts"),
  }),
  "portal sessions": define<"portal sessions">()({
    options: { end: { flags: "--end <id>" } },
    load: () => import("./portal/sessions.ts"),
  }),
  "portal logout": define<"portal logout">()({
    options: { all: { flags: "--all" }, issuer },
    load: () => import("./portal/logout.ts"),
  }),
  "portal register": define<"portal register">()({
    options: portalUser,
    load: () => import("./portal/register.ts"),
  }),
  "portal profile": define<"portal profile">()({ options: portalUser, load: () => import("./portal/profile.ts") }),
  "portal notices": define<"portal notices">()({
    options: { unread: { flags: "--unread" }, watch: { flags: "--watch" }, read: { flags: "--read <number>" } },
    load: () => import("./portal/notices.ts"),
  }),
  "portal info": define<"portal info">()({
    arguments: [{ name: "topic", required: false, choices: informationTopics }],
    options: {
      period: { flags: "--period <period>" },
      untilAnswered: { flags: "--until-answered <seconds>" },
      csv: { flags: "--csv <file>" },
      force,
    },
    load: () => import("./portal/info.ts"),
  }),
  "portal exchanges": define<"portal exchanges">()({
    options: { since: { flags: "--since <date>" } },
    load: () => import("./portal/exchanges.ts"),
  }),
  "portal consents": define<"portal consents">()({
    options: { end: { flags: "--end <id>" } },
    load: () => import("./portal/consents.ts"),
  }),
  "portal functions": define<"portal functions">()({ options: { asOf }, load: () => import("./portal/functions.ts") }),
  "portal links": define<"portal links">()({
    options: {
      connect: { flags: "--connect <service>", choices: linkServices },
      remove: { flags: "--remove <service>", choices: linkServices },
      yes: { flags: "--yes" },
    },
    load: () => import("./portal/links.ts"),
  }),
  "portal pay": define<"portal pay">()({
    arguments: [{ name: "demand", required: false }],
    options: { by: { flags: "--by <means>", choices: paymentMeans }, yes: { flags: "--yes" } },
    load: () => import("./portal/pay.ts"),
  }),
  "sim list": define<"sim list">()({ load: () => import("./sim/list.ts") }),
  "sim create": define<"sim create">()({
    arguments: [simName],
    options: {
      profile: { flags: "--profile <profile>", default: "standard" },
      set: { flags: "--set <key=value>", repeatable: true },
      seed: { flags: "--seed <seed>" },
      link: { flags: "--link <link>", choices: ["contact", "nfc106", "nfc424"] },
      strict: { flags: "--strict" },
    },
    load: () => import("./sim/create.ts"),
  }),
  "sim show": define<"sim show">()({ arguments: [simName], load: () => import("./sim/show.ts") }),
  "sim expect": define<"sim expect">()({
    arguments: [simName, { name: "expectations", required: false, variadic: true }],
    load: () => import("./sim/expect.ts"),
  }),
  "sim log": define<"sim log">()({
    arguments: [simName],
    options: { clear: { flags: "--clear" } },
    load: () => import("./sim/log.ts"),
  }),
  "sim reset": define<"sim reset">()({ arguments: [simName], load: () => import("./sim/reset.ts") }),
  "sim renew": define<"sim renew">()({ arguments: [simName], load: () => import("./sim/renew.ts") }),
  "sim reissue": define<"sim reissue">()({ arguments: [simName], load: () => import("./sim/reissue.ts") }),
  "sim move": define<"sim move">()({
    arguments: [simName, { name: "address", required: true }],
    load: () => import("./sim/move.ts"),
  }),
  "sim delete": define<"sim delete">()({ arguments: [simName], load: () => import("./sim/delete.ts") }),
  "sim profiles": define<"sim profiles">()({ load: () => import("./sim/profiles.ts") }),
  "sim insert": define<"sim insert">()({
    arguments: [simName],
    options: { port: { flags: "--port <port>", default: "35963" }, readyFile: { flags: "--ready-file <file>" } },
    load: () => import("./sim/insert.ts"),
  }),
  "sandbox start": define<"sandbox start">()({
    options: {
      port: { flags: "--port <port>", default: "8443" },
      database: { flags: "--database <database>" },
      capacity: { flags: "--capacity <n>" },
      host: { flags: "--host <address>", default: "127.0.0.1" },
      tlsCert: { flags: "--tls-cert <file>" },
      tlsKey: { flags: "--tls-key <file>" },
      publicUrl: { flags: "--public-url <url>" },
      proxy: { flags: "--proxy <address>", repeatable: true },
      rate: { flags: "--rate <n>" },
      metricsPort: { flags: "--metrics-port <port>" },
      log: { flags: "--log <level>", choices: ["off", "error", "warn", "info"], default: "error" },
      ca: trusting.ca,
      crl: trusting.crl,
    },
    load: () => import("./sandbox/start.ts"),
  }),
  "sandbox user show": define<"sandbox user show">()({
    arguments: [mykeyId],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/user-show.ts"),
  }),
  "sandbox user suspend": define<"sandbox user suspend">()({
    arguments: [mykeyId],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/user-suspend.ts"),
  }),
  "sandbox user lift": define<"sandbox user lift">()({
    arguments: [mykeyId],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/user-lift.ts"),
  }),
  "sandbox audit verify": define<"sandbox audit verify">()({
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/audit-verify.ts"),
  }),
  "sandbox clock show": define<"sandbox clock show">()({
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/clock-show.ts"),
  }),
  "sandbox clock set": define<"sandbox clock set">()({
    arguments: [{ name: "time", required: true }],
    options: { backwards: { flags: "--backwards" }, database: { flags: "--database <database>" } },
    load: () => import("./sandbox/clock-set.ts"),
  }),
  "sandbox clock advance": define<"sandbox clock advance">()({
    arguments: [{ name: "duration", required: true }],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/clock-advance.ts"),
  }),
  "sandbox clock reset": define<"sandbox clock reset">()({
    options: { backwards: { flags: "--backwards" }, database: { flags: "--database <database>" } },
    load: () => import("./sandbox/clock-reset.ts"),
  }),
  "sandbox capacity": define<"sandbox capacity">()({
    options: { set: { flags: "--set <n>" }, database: { flags: "--database <database>" } },
    load: () => import("./sandbox/capacity.ts"),
  }),
  "sandbox close": define<"sandbox close">()({
    options: {
      from: { flags: "--from <time>" },
      until: { flags: "--until <time>" },
      database: { flags: "--database <database>" },
    },
    load: () => import("./sandbox/close.ts"),
  }),
  "sandbox open": define<"sandbox open">()({
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/open.ts"),
  }),
  "sandbox programme list": define<"sandbox programme list">()({
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/programme-list.ts"),
  }),
  "sandbox programme show": define<"sandbox programme show">()({
    arguments: [programmeNumber],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/programme-show.ts"),
  }),
  "sandbox programme open": define<"sandbox programme open">()({
    arguments: [programmeNumber],
    options: {
      from: { flags: "--from <day>" },
      until: { flags: "--until <day>" },
      database: { flags: "--database <database>" },
    },
    load: () => import("./sandbox/programme-open.ts"),
  }),
  "sandbox programme close": define<"sandbox programme close">()({
    arguments: [programmeNumber],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/programme-close.ts"),
  }),
  "sandbox programme set": define<"sandbox programme set">()({
    arguments: [programmeNumber, { name: "terms", required: true, variadic: true }],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/programme-set.ts"),
  }),
  "sandbox programme reset": define<"sandbox programme reset">()({
    arguments: [programmeNumber],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/programme-reset.ts"),
  }),
  "sandbox client add": define<"sandbox client add">()({
    arguments: [{ name: "name", required: true }],
    options: {
      redirectUri: { flags: "--redirect-uri <uri>", repeatable: true },
      scope: { flags: "--scope <scopes>", default: "openid" },
      database: { flags: "--database <database>" },
    },
    load: () => import("./sandbox/client-add.ts"),
  }),
  "sandbox client list": define<"sandbox client list">()({
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/client-list.ts"),
  }),
  "sandbox client remove": define<"sandbox client remove">()({
    arguments: [{ name: "id", required: true }],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/client-remove.ts"),
  }),
  "sandbox service add": define<"sandbox service add">()({
    arguments: [{ name: "service", required: true }],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/service-add.ts"),
  }),
  "sandbox service account": define<"sandbox service account">()({
    arguments: serviceAccount,
    options: {
      holder: { flags: "--holder <mykey-id>" },
      ward: { flags: "--ward <mykey-id>" },
      database: { flags: "--database <database>" },
    },
    load: () => import("./sandbox/service-account.ts"),
  }),
  "sandbox charge": define<"sandbox charge">()({
    arguments: [...serviceAccount, { name: "yen", required: true }],
    options: {
      purchase: { flags: "--purchase" },
      report: { flags: "--report <id>" },
      database: { flags: "--database <database>" },
    },
    load: () => import("./sandbox/charge.ts"),
  }),
  "sandbox application advance": define<"sandbox application advance">()({
    arguments: [{ name: "id", required: true }],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/application-advance.ts"),
  }),
  "sandbox application return": define<"sandbox application return">()({
    arguments: [{ name: "id", required: true }],
    options: { reason: { flags: "--reason <text>" }, database: { flags: "--database <database>" } },
    load: () => import("./sandbox/application-return.ts"),
  }),
  "sandbox export": define<"sandbox export">()({
    options: { output, force, database: { flags: "--database <database>" } },
    load: () => import("./sandbox/export.ts"),
  }),
  "sandbox import": define<"sandbox import">()({
    arguments: [{ name: "file", required: true }],
    options: { database: { flags: "--database <database>" } },
    load: () => import("./sandbox/import.ts"),
  }),
  explain: define<"explain">()({
    arguments: [{ name: "topic", required: false }],
    load: () => import("./explain/run.ts"),
  }),
  completion: define<"completion">()({
    arguments: [{ name: "shell", required: true, choices: ["bash", "zsh", "fish"] }],
    load: () => import("./completion/run.ts"),
  }),
} as const;

export type CommandName = keyof typeof commands;

/** A command as the registry holds it, whichever it is. */
export interface AnyCommand {
  readonly arguments?: readonly ArgumentDefinition[];
  readonly options?: Readonly<Record<string, OptionDefinition>>;
}

export const commandEntries = Object.entries(commands) as unknown as readonly (readonly [CommandName, AnyCommand])[];

/** `<name>`, `[kind]`, `[pins...]`: an argument as the parser, help and documents write it. */
export function argumentFlags(argument: ArgumentDefinition): string {
  const name = argument.variadic ? `${argument.name}...` : argument.name;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** `mynakit.pin.tries/1`: the name and version of a command's JSON document. */
export function schemaName(command: string): string {
  return `mynakit.${command.replaceAll(" ", ".")}/1`;
}
