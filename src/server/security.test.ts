/** Who may ask what, each through a real socket: other names, other pages, wrong tokens, large bodies, slow clients. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as ask } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { dial, served, TOKEN } from "./served.test-support.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Node's own client: it sends the path and the headers as they are given. */
async function send(port: number, path: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = ask({ port, host: "127.0.0.1", path, method, headers, agent: false }, (response) => {
    let text = "";
    response.on("data", (chunk: Buffer) => void (text += chunk.toString()));
    response.once("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
  });
  request.once("error", reject);
  request.end(body);
  return await promise;
}

const bearer = { authorization: `Bearer ${TOKEN}` };

test("a bare request from this machine is answered by the service and by our own routes", async () => {
  const { port } = await served({ fetch: () => Response.json({ total: 15 }) });
  expect(await send(port, "/datasets/1/statistics")).toMatchObject({ status: 200, text: '{"total":15}' });
  expect(await send(port, "/admin/cache", { method: "POST" })).toMatchObject({ status: 200 });
  expect(JSON.parse((await send(port, "/health")).text)).toMatchObject({ status: "ok" });
  expect((await send(port, "/metrics")).text).toContain("cache_hits_total 0");
});

test.each(["evil.example:80", "127.0.0.1.evil.example", "127.0.0.1", "127.0.0.1:1", "*"])(
  "under the name %j nothing is answered, whatever is asked",
  async (host) => {
    const { port } = await served({});
    for (const path of ["/", "/datasets/1/statistics", "/api/look", "/events"]) {
      const { status, text } = await send(port, path, { headers: { host, ...bearer } });
      expect(status).toBe(421);
      expect(JSON.parse(text)).toMatchObject({ error: { message: expect.any(String), hint: expect.any(String) } });
    }
  },
);

test("without a Host header nothing is answered", async () => {
  const { port } = await served({});
  const line = await dial(port);
  line.socket.write("GET /health HTTP/1.0\r\n\r\n");
  await line.closed;
  expect(line.heard()).toMatch(/^HTTP\/1\.1 4(?:00|21) /u);
});

test.each(["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])(
  "a page from %s is refused, with a token too",
  async (origin) => {
    let reached = 0;
    const { port } = await served({ fetch: () => new Response(String((reached += 1))) });
    const sent = { method: "POST", headers: { origin, ...bearer, "content-type": "text/plain" }, body: "{}" };
    expect(await send(port, "/datasets/1/downloads", sent)).toMatchObject({ status: 403 });
    expect(await send(port, "/api/look", sent)).toMatchObject({ status: 403 });
    expect(reached).toBe(0);
  },
);

test("our own page may ask, and a link elsewhere may lead here; a picture elsewhere may not be taken from here", async () => {
  const { port, address } = await served({});
  const from = (headers: Record<string, string>): Promise<Answer> => send(port, "/datasets/1/statistics", { headers });
  expect(await from({ origin: address })).toMatchObject({ status: 200 });
  expect(await from({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).toMatchObject({ status: 200 });
  expect(await from({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).toMatchObject({ status: 403 });
});

test.each([undefined, "", "Bearer", "Bearer wrong", TOKEN, `Bearer ${TOKEN}x`, `Basic ${TOKEN}`])(
  "orders and the guide are refused with the authorization %j",
  async (authorization) => {
    const ordered: string[] = [];
    const { port, state } = await served({ order: async ({ kind }) => (ordered.push(kind), state) });
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    expect(await send(port, "/api/look", { method: "POST", headers })).toMatchObject({ status: 401 });
    expect(await send(port, "/api/guide", { headers })).toMatchObject({ status: 401 });
    expect(ordered).toEqual([]);
  },
);

test.each([
  ["look", "{}", 200],
  ["look", "", 200],
  ["write", '{"count":20}', 200],
  ["write", '{"count":0}', 422],
  ["write", '{"count":"20"}', 422],
  ["stream", '{"perSecond":501}', 422],
  ["advance", '{"minutes":1.5}', 422],
  ["outage", '{"fault":"hang"}', 200],
  ["outage", '{"fault":"evict"}', 422],
  ["outage", "{}", 422],
  ["look", "{", 400],
  ["constructor", "{}", 404],
])("the order %s %s is answered %i", async (kind, body, status) => {
  const { port } = await served({});
  expect(await send(port, `/api/${kind}`, { method: "POST", headers: bearer, body })).toMatchObject({ status });
});

test("every answer of ours tells the browser to run nothing but our own files", async () => {
  const { port } = await served({});
  for (const path of ["/", "/assets/nothing.js", "/health", "/api/look"]) {
    const { headers } = await send(port, path);
    expect(headers["content-security-policy"]).toContain("script-src 'self'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
});

test("assets come from their folder only, and not again when they are the same", async () => {
  const pageFolder = mkdtempSync(join(tmpdir(), "page-"));
  onTestFinished(() => rmSync(pageFolder, { recursive: true }));
  mkdirSync(join(pageFolder, "assets"));
  writeFileSync(join(pageFolder, "index.html"), "<h1>here</h1>");
  writeFileSync(join(pageFolder, "secret.js"), "secret");
  writeFileSync(join(pageFolder, "assets", "page.js"), "run()");
  const { port } = await served({}, { pageFolder });
  expect(await send(port, "/")).toMatchObject({ status: 200, text: "<h1>here</h1>" });
  const script = await send(port, "/assets/page.js");
  expect(script).toMatchObject({
    status: 200,
    text: "run()",
    headers: { "content-type": "text/javascript; charset=utf-8" },
  });
  const again = await send(port, "/assets/page.js", { headers: { "if-none-match": String(script.headers["etag"]) } });
  expect(again).toMatchObject({ status: 304, text: "" });
  const ways = ["..%2fsecret.js", "%2e%2e/secret.js", "..%5csecret.js", ".hidden.js", "page.js%00.html", "%", "a/b.js"];
  for (const way of ways) expect(await send(port, `/assets/${way}`)).toMatchObject({ status: 404 });
  // As it comes over the wire: no client in between has tidied it up.
  const line = await dial(port);
  line.socket.write(`GET /assets/../secret.js HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  await line.closed;
  expect(line.heard()).not.toContain("secret\r\n");
  expect(line.heard()).not.toMatch(/\n\r?\nsecret/u);
});

test("a body that is too large is refused before it is read, and while it arrives when nobody has said how large it is", async () => {
  const bodies: number[] = [];
  const { port } = await served({
    fetch: async (request) => {
      bodies.push((await request.text()).length);
      return new Response("taken");
    },
  });
  const large = Buffer.alloc(100_000, "x");
  expect(await send(port, "/datasets/1/downloads", { method: "POST", body: "{}" })).toMatchObject({ status: 200 });
  expect(await send(port, "/datasets/1/downloads", { method: "POST", body: large })).toMatchObject({ status: 413 });
  const chunked = { "transfer-encoding": "chunked" };
  expect(await send(port, "/datasets/1/downloads", { method: "POST", headers: chunked, body: large })).toMatchObject({
    status: 413,
  });
  expect(await send(port, "/api/write", { method: "POST", headers: bearer, body: large })).toMatchObject({
    status: 413,
  });
  expect(bodies).toEqual([2]);
});

const limits = { headers: 100, request: 200, idle: 100, check: 20 };

test("who is slow with the headers or the body, or silent between two requests, is hung up on", async () => {
  const { port } = await served({}, { limits });
  const [headers, body, idle] = [await dial(port), await dial(port), await dial(port)];
  headers.socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1");
  body.socket.write(`POST /x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\nslow`);
  idle.socket.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await Promise.all([headers.closed, body.closed, idle.closed]);
  expect(headers.heard()).toContain("408 Request Timeout");
  expect(idle.heard()).toContain("200 OK");
});

test("a connection that never says anything is hung up on", async () => {
  const { port } = await served({}, { limits });
  const line = await dial(port);
  await line.closed;
  expect(line.heard()).not.toContain("200");
});
