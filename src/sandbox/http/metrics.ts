import type { RequestListener } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Connections } from "../store/store.ts";
import type { LogEntry } from "./listener.ts";

/** Where the metrics are. */
export const metricsPath = "/metrics";

/** Seconds: a read takes a millisecond, a password the tenth of a second. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** What is asked for at an address that is none of ours. */
const elsewhere = "none";

/** Changes that are counted by their result, beside the requests. */
const changes = new Map([
  ["POST /token", "login"],
  ["POST /mykey/v1/ids", "issue"],
  ["POST /mykey/v1/points/applications", "application"],
]);

export interface Metrics {
  /** Counts what the log is told. */
  readonly count: (entry: LogEntry) => void;
  /** Answers GET /metrics as Prometheus asks for it. */
  readonly listener: RequestListener;
}

/**
 * Metrics in the form of Prometheus, of one server and its process. Their labels are patterns of paths, statuses and
 * reasons: no stranger can make new ones.
 * @param connections the state of the database's connections, where it has some
 */
export function createMetrics(connections?: () => Connections): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "mynakit_http_requests_total",
    help: "Requests answered",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "mynakit_http_request_duration_seconds",
    help: "From the head of a request to the end of its answer",
    labelNames: ["method", "route"],
    buckets,
    registers,
  });
  const refusals = new Counter({
    name: "mynakit_refusals_total",
    help: "Requests refused, by reason",
    labelNames: ["reason"],
    registers,
  });
  const failures = new Counter({ name: "mynakit_failures_total", help: "Faults of the platform", registers });
  const results = new Counter({
    name: "mynakit_changes_total",
    help: "Logins, issued MyKey IDs and applications, by result",
    labelNames: ["change", "result"],
    registers,
  });
  if (connections) {
    new Gauge({
      name: "mynakit_database_connections",
      help: "Connections to the database, and requests that wait for one",
      labelNames: ["state"],
      registers,
      collect() {
        for (const [state, count] of Object.entries(connections())) this.set({ state }, count);
      },
    });
  }

  return {
    count(entry) {
      if (entry.kind === "failure") return failures.inc();
      const { kind, method, status } = entry;
      const route = entry.route ?? elsewhere;
      const change = changes.get(`${method} ${route}`);
      if (kind === "refusal") {
        refusals.inc({ reason: entry.reason });
        if (change) results.inc({ change, result: entry.reason });
        return;
      }
      requests.inc({ method, route, status });
      durations.observe({ method, route }, entry.milliseconds / 1000);
      if (change && status < 400) results.inc({ change, result: "ok" });
    },
    listener: async (request, response) => {
      if (request.url !== metricsPath || !/^(GET|HEAD)$/.test(request.method ?? "")) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { "content-type": registry.contentType }).end(await registry.metrics());
    },
  };
}
