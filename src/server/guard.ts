/**
 * Who may ask. A page elsewhere must not reach the service through its visitor's browser, neither under a name of its
 * own (Host) nor as itself (Origin); orders need the token. Pure but for hashing; gives reasons, sends nothing.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface Guard {
  /** Why the request is refused, or null. */
  refusal(headers: IncomingHttpHeaders): Refusal | null;
  hasToken(authorization: string | undefined): boolean;
}

export interface Refusal {
  readonly status: 403 | 421;
  readonly message: string;
  readonly hint: string;
}

/** `hosts`: every `name:port` under which the service may be asked. */
export function createGuard({ hosts, token }: { hosts: readonly string[]; token: string }): Guard {
  const known = new Set(hosts);
  const origins = new Set(hosts.map((host) => `http://${host}`));
  const digest = digestOf(`Bearer ${token}`);
  return {
    refusal: (headers) => {
      const { host, origin } = headers;
      if (host === undefined || !known.has(host)) return foreignHost(hosts);
      if (origin !== undefined && !origins.has(origin)) return FOREIGN_ORIGIN;
      const embedded = headers["sec-fetch-site"] === "cross-site" && headers["sec-fetch-mode"] !== "navigate";
      return embedded ? FOREIGN_ORIGIN : null;
    },
    // Of equal length whatever was sent: how long the comparison takes tells nothing.
    hasToken: (authorization) => timingSafeEqual(digestOf(authorization ?? ""), digest),
  };
}

const FOREIGN_ORIGIN: Refusal = {
  status: 403,
  message: "This request comes from a page elsewhere.",
  hint: "Only the service's own page, and programs such as curl, may ask it.",
};

function foreignHost(hosts: readonly string[]): Refusal {
  return {
    status: 421,
    message: "The service does not answer under this name.",
    hint: `Use http://${hosts[0] ?? ""}/, or start it with --host NAME.`,
  };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
