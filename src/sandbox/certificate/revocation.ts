import { readFile, stat } from "node:fs/promises";
import { MynakitError } from "../../errors.ts";
import { reasonOf } from "../../files.ts";
import { blocksOf } from "./anchors.ts";
import type { Certificate } from "./certificate.ts";
import { type Anchor, type CheckedCertificate, signerOf } from "./check.ts";
import { type RevocationList, readRevocationList } from "./crl.ts";

/** What the lists say of a certificate. `not-checked`: none that is in force speaks of it. */
export type ListedState = "good" | "revoked" | "not-checked";

export interface RevocationLists {
  /** @param now milliseconds since the epoch */
  stateOf(checked: CheckedCertificate, now: number): Promise<ListedState>;
}

interface Loaded {
  /** Tells one state of the file from another. */
  readonly stamp: string;
  readonly lists: readonly (readonly [Anchor, RevocationList])[];
}

/**
 * The revocation lists in a file, PEM or DER. A changed file is read before the next answer; where it is of no use then,
 * the lists from before go on, as long as they are in force.
 * @param anchors the authorities one of which must have signed each list
 * @param log told why a changed file is of no use
 * @throws {MynakitError} ERR_IO_READ, ERR_CERT_LIST
 */
export async function revocationLists(
  file: string,
  anchors: readonly Anchor[],
  log: (failure: unknown) => void,
): Promise<RevocationLists> {
  let loaded = await load(file, anchors, await stampOf(file));
  let loading: Promise<void> | undefined;

  async function reload(): Promise<void> {
    const stamp = await stampOf(file).catch(() => "");
    if (stamp === loaded.stamp) return;
    try {
      loaded = await load(file, anchors, stamp);
    } catch (error) {
      loaded = { ...loaded, stamp };
      log(error);
    }
  }

  return {
    async stateOf({ certificate, anchor }, now) {
      loading ??= reload().finally(() => {
        loading = undefined;
      });
      await loading;
      const { thumbprint } = anchor.certificate;
      const ofAnchor = loaded.lists.filter(([issuer]) => issuer.certificate.thumbprint === thumbprint);
      const lists = ofAnchor.map(([, list]) => list);
      // Revoked is for good: an old list still says so.
      if (lists.some(({ revoked }) => revoked.has(certificate.serialNumber))) return "revoked";
      return lists.some((list) => speaksOf(list, certificate, now)) ? "good" : "not-checked";
    },
  };
}

function speaksOf({ thisUpdate, nextUpdate, places }: RevocationList, { listedAt }: Certificate, now: number): boolean {
  return thisUpdate <= now && now <= nextUpdate && (places?.some((place) => listedAt.includes(place)) ?? true);
}

/** @throws {MynakitError} ERR_IO_READ */
async function stampOf(file: string): Promise<string> {
  const { mtimeMs, size, ino } = await reading(file, () => stat(file));
  return `${mtimeMs} ${size} ${ino}`;
}

async function load(file: string, anchors: readonly Anchor[], stamp: string): Promise<Loaded> {
  const content = await reading(file, () => readFile(file));
  try {
    const lists: (readonly [Anchor, RevocationList])[] = [];
    for (const der of blocksOf(content, "X509 CRL")) {
      const list = await readRevocationList(der);
      const anchor = signerOf(list, anchors);
      if (!anchor) throw new SyntaxError("no authority that the platform trusts has signed it");
      lists.push([anchor, list]);
    }
    return { stamp, lists };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_CERT_LIST", { file, problem: cause.message }, { cause });
  }
}

async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new MynakitError("ERR_IO_READ", { path: file, reason: reasonOf(cause) }, { cause });
  }
}
