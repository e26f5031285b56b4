import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Figures for operators (Prometheus text format). No label ever holds a path's value, an address or a name. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "archipel_http_requests_total",
    help: "Answered requests by method, status class and whether the page came from memory",
    labelNames: ["method", "status", "cached"] as const,
    registers: [registry],
  });
  const durations = new Histogram({
    name: "archipel_http_request_seconds",
    help: "Time to answer requests that were not in memory, in seconds",
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const mailboxRead = new Gauge({
    name: "archipel_mailbox_read_timestamp_seconds",
    help: "When the mailbox for what comes back was last read, in seconds since 1970; 0 when it never was, or none is set",
    registers: [registry],
  });
  return { registry, requests, durations, mailboxRead };
}

export type Metrics = ReturnType<typeof createMetrics>;
