import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { newRsaKey } from "../../support/rsa-key.ts";

/** Names as JPKI's authorities have them, but of nobody who could be taken for them. */
export const authorityName = "/C=JP/O=JPKI-SIM/OU=JPKI for user authentication/OU=made for a test";

export const signAuthorityName = "/C=JP/O=JPKI-SIM/OU=JPKI for digital signature/OU=made for a test";

export const extensions = {
  authority: [
    "keyUsage=critical,keyCertSign,cRLSign",
    "basicConstraints=critical,CA:TRUE",
    "subjectKeyIdentifier=hash",
  ],
  auth: [
    "keyUsage=critical,digitalSignature",
    "certificatePolicies=critical,1.2.392.200149.8.5.1.0.30",
    "crlDistributionPoints=point",
    "authorityKeyIdentifier=keyid",
    "subjectKeyIdentifier=hash",
  ],
  sign: [
    "keyUsage=critical,digitalSignature,nonRepudiation",
    "certificatePolicies=critical,1.2.392.200149.8.5.1.0.20",
    "subjectAltName=otherName:1.2.392.200149.8.5.5.1;UTF8:Shiken Taro",
    "authorityKeyIdentifier=keyid",
    "subjectKeyIdentifier=hash",
  ],
  responder: ["keyUsage=critical,digitalSignature", "extendedKeyUsage=OCSPSigning", "authorityKeyIdentifier=keyid"],
} as const;

export interface Order {
  readonly subject: string;
  /** The holder's key, by the name given to `key`. */
  readonly key: string;
  /** The issuer, by the name of its order; itself where it is left out. */
  readonly issuer?: string;
  readonly serial?: string;
  /** `YYYYMMDDHHMMSSZ`. */
  readonly from?: string;
  readonly to?: string;
  readonly extensions: readonly string[];
  readonly digest?: string;
}

export interface ListOrder {
  readonly issuer: string;
  /** Serial numbers in hexadecimal, with when and why. */
  readonly revoked?: readonly (readonly [serial: string, at: string, reason: string])[];
  readonly from?: string;
  readonly to?: string;
  readonly extensions?: readonly string[];
}

export interface ResponderOrder {
  /** The authority that is asked about, and who signs; the same where it is left out. */
  readonly issuer: string;
  readonly signer?: string;
  /** Serial numbers in hexadecimal that it knows; with when and why: revoked. */
  readonly known: readonly (readonly [serial: string, at?: string, reason?: string])[];
  /** Further words for `openssl ocsp`: `-resp_key_id`, `-nmin 5`. */
  readonly words?: readonly string[];
}

const sections = `
[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
string_mask = utf8only
default_crl_days = 30
[any]
commonName = optional
[point]
fullname = dirName:place
[other-point]
fullname = dirName:other-place
[own-list]
fullname = dirName:place
[other-list]
fullname = dirName:other-place
[persons-list]
onlyuser = TRUE
[authorities-list]
onlyCA = TRUE
[reasons-list]
onlysomereasons = keyCompromise
[indirect-list]
indirectCRL = TRUE
[place]
C = JP
O = JPKI-SIM
OU = CRL Distribution Points
CN = Mogi-shi CRLDP
[other-place]
C = JP
O = JPKI-SIM
OU = CRL Distribution Points
CN = Kakuu-shi CRLDP
[req]
distinguished_name = any
string_mask = utf8only
`;

/** Authorities, certificates and revocation lists made by OpenSSL: an opinion that is not ours. */
export class Workshop {
  readonly folder = mkdtempSync(path.join(tmpdir(), "mynakit-pki-"));

  constructor() {
    writeFileSync(this.file("config"), sections);
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  key(...names: string[]): void {
    for (const name of names) {
      const privateKey = newRsaKey();
      writeFileSync(this.file(`${name}.key`), privateKey.export({ type: "pkcs8", format: "pem" }));
    }
  }

  certificate(name: string, order: Order): Uint8Array {
    const { issuer = name, key, serial = "01", digest = "sha256" } = order;
    this.#write("index.txt", "");
    this.#write("serial", `${serial}\n`);
    this.#write("extensions", `${sections}[wanted]\n${order.extensions.join("\n")}\n`);
    this.#write(`${name}.issuer`, issuer === name ? key : readFileSync(this.file(`${issuer}.holder`), "utf8"));
    this.#write(`${name}.holder`, key);
    this.#openssl([
      "req",
      "-new",
      "-config",
      "config",
      "-key",
      `${key}.key`,
      "-utf8",
      "-subj",
      order.subject,
      "-out",
      "request",
    ]);
    const signer =
      issuer === name
        ? ["-selfsign", "-keyfile", `${key}.key`]
        : ["-cert", `${issuer}.pem`, "-keyfile", `${this.#holder(issuer)}.key`];
    const period = ["-startdate", order.from ?? "20260101000000Z", "-enddate", order.to ?? "20300101000000Z"];
    const wanted = ["-extfile", "extensions", "-extensions", "wanted", "-md", digest];
    const common = [
      "ca",
      "-batch",
      "-preserveDN",
      "-notext",
      "-config",
      "config",
      "-in",
      "request",
      "-out",
      `${name}.pem`,
    ];
    this.#openssl([...common, ...signer, ...period, ...wanted]);
    this.#openssl(["x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`]);
    return this.der(name);
  }

  list(name: string, order: ListOrder): Uint8Array {
    const { issuer, revoked = [], from = "20260601000000Z", to = "20260701000000Z" } = order;
    const entries = revoked.map(
      ([serial, at, reason]) => `R\t300101000000Z\t${at},${reason}\t${serial}\tunknown\t/CN=x\n`,
    );
    this.#write("index.txt", entries.join(""));
    const wanted = order.extensions ?? ["authorityKeyIdentifier=keyid"];
    this.#write("list-config", `${sections}[wanted]\n${wanted.join("\n")}\n`);
    const signer = ["-cert", `${issuer}.pem`, "-keyfile", `${this.#holder(issuer)}.key`];
    const period = ["-crl_lastupdate", from, "-crl_nextupdate", to];
    const common = ["ca", "-gencrl", "-config", "list-config", ...(wanted.length > 0 ? ["-crlexts", "wanted"] : [])];
    this.#openssl([...common, ...signer, ...period, "-out", `${name}.crl`]);
    this.#openssl(["crl", "-in", `${name}.crl`, "-outform", "DER", "-out", `${name}.crl.der`]);
    return new Uint8Array(readFileSync(this.file(`${name}.crl.der`)));
  }

  /** Runs `openssl` in the folder. @returns its exit code and what it wrote on standard output */
  run(...words: readonly string[]): { readonly code: number | null; readonly output: Uint8Array } {
    const { status, stdout } = spawnSync("openssl", words, { cwd: this.folder });
    return { code: status, output: new Uint8Array(stdout) };
  }

  /** An authority that was made elsewhere. */
  adopt(name: string, { certificate, key }: { certificate: string; key: string }): void {
    this.#write(`${name}.pem`, certificate);
    this.#write(`${name}.key`, key);
    this.#write(`${name}.holder`, name);
  }

  /** The words with which `openssl ocsp` answers as a responder. */
  responder({ issuer, signer = issuer, known, words = [] }: ResponderOrder): string[] {
    const lines = known.map(([serial, at, reason]) =>
      at === undefined
        ? `V\t300101000000Z\t\t${serial}\tunknown\t/CN=x\n`
        : `R\t300101000000Z\t${at}${reason === undefined ? "" : `,${reason}`}\t${serial}\tunknown\t/CN=x\n`,
    );
    this.#write("responder.txt", lines.join(""));
    const keys = ["-rsigner", `${signer}.pem`, "-rkey", `${this.#holder(signer)}.key`];
    return ["ocsp", "-index", "responder.txt", "-CA", `${issuer}.pem`, ...keys, ...words];
  }

  /** A responder's answer to one question, both in DER. */
  answer(question: Uint8Array, order: ResponderOrder): Uint8Array {
    writeFileSync(this.file("question"), question);
    this.#openssl([...this.responder(order), "-reqin", "question", "-respout", "answer"]);
    return new Uint8Array(readFileSync(this.file("answer")));
  }

  der(name: string): Uint8Array {
    return new Uint8Array(readFileSync(this.file(`${name}.der`)));
  }

  /** Whether `openssl verify` accepts a certificate, trusting one authority. */
  verifies(name: string, { authority, list, at }: { authority: string; list?: string; at: Date }): boolean {
    const time = String(Math.floor(at.getTime() / 1000));
    const revocation = list === undefined ? [] : ["-crl_check", "-extended_crl", "-CRLfile", `${list}.crl`];
    const words = [
      "verify",
      "-x509_strict",
      "-CAfile",
      `${authority}.pem`,
      "-attime",
      time,
      ...revocation,
      `${name}.pem`,
    ];
    return spawnSync("openssl", words, { cwd: this.folder }).status === 0;
  }

  #holder(name: string): string {
    return readFileSync(this.file(`${name}.holder`), "utf8");
  }

  #write(name: string, content: string): void {
    writeFileSync(this.file(name), content);
  }

  #openssl(words: readonly string[]): void {
    execFileSync("openssl", words, { cwd: this.folder, stdio: ["ignore", "ignore", "pipe"] });
  }
}
