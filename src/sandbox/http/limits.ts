/** What one client may take of a server; times in milliseconds. */
export interface Limits {
  /** For the TLS handshake, the head of a request, all of it, and between two of them. */
  readonly handshakeTimeout: number;
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  /** How long running requests may still take when the server is asked to stop. */
  readonly grace: number;
  /** Of a request's head: bytes in all, header fields, characters of the URL. */
  readonly headerBytes: number;
  readonly headers: number;
  readonly urlLength: number;
  /** At once, in all and from one address. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** From one address: in the long run, and at once after a pause. */
  readonly requestsPerSecond: number;
  readonly burst: number;
  /** How many addresses are remembered for that. */
  readonly addresses: number;
}

/** Of a server that others on the network reach. A reservation takes eight requests, so the burst is one of dozens. */
export const sharedLimits: Limits = {
  handshakeTimeout: 10_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  grace: 10_000,
  headerBytes: 16 * 1024,
  headers: 64,
  urlLength: 2048,
  connections: 4096,
  connectionsPerAddress: 256,
  requestsPerSecond: 50,
  burst: 500,
  addresses: 10_000,
};

/** Of a server for this machine alone: all its programs have one address, so that nothing is counted by address. */
export const ownLimits: Limits = {
  ...sharedLimits,
  connectionsPerAddress: Number.POSITIVE_INFINITY,
  requestsPerSecond: Number.POSITIVE_INFINITY,
  burst: Number.POSITIVE_INFINITY,
};
