/** The doctor on this machine and on others made up for it: what will do, what is missing, what to do about it. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { MachineFinding } from "./doctor-finding.ts";
import { checkFileEvents, checkFolder } from "./doctor-folder.ts";
import { checkClipboard, checkNode, checkTerminal } from "./doctor-machine.ts";
import { checkPort, checkRedis } from "./doctor-network.ts";
import { renderFindings } from "./doctor-text.ts";
import { run } from "./doctor.ts";
import { recordingIo, type RecordingIo } from "./recording-io.test-support.ts";
import { run as setUp } from "./setup-test-data.ts";

const scenario = "stale-statistics";

function newIo(changes: Parameters<typeof recordingIo>[0] = {}): RecordingIo {
  const io = recordingIo(changes);
  onTestFinished(io.remove);
  return io;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("this machine will do, in an empty folder and in a workshop, and nothing is left behind", async () => {
  const io = newIo();
  expect(await run({ scenario }, io)).toBe(0);
  expect(io.printed()).toContain("This machine will do.");
  expect(readdirSync(io.cwd)).toEqual([]);
  await setUp({ scenario }, io);
  const folder = join(io.cwd, "workshop", scenario);
  const before = readdirSync(folder);
  expect(await run({ scenario }, io)).toBe(0);
  expect(io.printed()).toContain(folder);
  expect(readdirSync(folder)).toEqual(before);
});

test("as JSON, every finding has its id, and the exit code says the same", async () => {
  const io = newIo({ env: { REDIS_URL: "nonsense" } });
  expect(await run({ scenario, json: true }, io)).toBe(6);
  const said: { fit: boolean; findings: MachineFinding[] } = JSON.parse(io.printed());
  expect(said.fit).toBe(false);
  expect(said.findings.map(({ id }) => id)).toEqual([
    "node",
    "folder",
    "sqlite",
    "file-events",
    "port",
    "terminal",
    "clipboard",
    "redis",
  ]);
  const poor = said.findings.filter(({ outcome }) => outcome === "failed" || outcome === "limited");
  expect(poor.filter(({ advice }) => advice === null)).toEqual([]);
});

test("an unknown scenario is a usage error", async () => {
  await expect(run({ scenario: "stale-statistic" }, newIo())).rejects.toMatchObject({ code: "usage" });
});

test("a folder that is not there, or cannot be written, fails, and what depends on it is not tried", async () => {
  const gone = join(newFolder(), "gone");
  const inTheWay = join(newFolder(), "file");
  writeFileSync(inTheWay, "");
  for (const folder of [gone, inTheWay]) {
    const findings = await checkFolder(folder);
    expect(findings.map(({ outcome }) => outcome)).toEqual(["failed", "skipped", "skipped"]);
    expect(findings[0]?.found).toContain(folder);
  }
});

test.skipIf(process.getuid?.() === 0)("a read-only folder fails", async () => {
  const folder = newFolder();
  chmodSync(folder, 0o555);
  expect((await checkFolder(folder))[0]).toMatchObject({ outcome: "failed", found: expect.stringContaining("EACCES") });
});

test("file events arrive here; where none do, that is found in bounded time and can be lived with", async () => {
  expect(await checkFileEvents(newFolder())).toMatchObject({ outcome: "ok" });
  const silent = { patience: 50, touch: async (): Promise<void> => undefined };
  expect(await checkFileEvents(newFolder(), silent)).toMatchObject({ outcome: "limited", found: "none arrived here" });
  const gone = join(newFolder(), "gone");
  expect(await checkFileEvents(gone, silent)).toMatchObject({
    outcome: "limited",
    found: expect.stringContaining(gone),
  });
});

test.each([
  ["22.18.0", "ok"],
  ["24.0.1", "ok"],
  ["22.17.9", "failed"],
  ["20.19.0", "failed"],
])("Node %s: %s", (version, outcome) => {
  expect(checkNode(version, ">=22.18")).toMatchObject({ id: "node", outcome });
});

test.each([
  [{ interactive: false, width: 80, color: false, env: {} }, "skipped", "none here"],
  [{ interactive: true, width: 40, color: true, env: {} }, "limited", "40 columns, colour"],
  [{ interactive: true, width: 80, color: true, env: {} }, "ok", "80 columns, colour"],
  [{ interactive: true, width: 120, color: false, env: { TERM: "vt100" } }, "ok", "120 columns, no colour"],
  [{ interactive: true, width: 80, color: false, env: { NO_COLOR: "1" } }, "limited", "NO_COLOR is set"],
])("a terminal of %j is %s: %s", (terminal, outcome, found) => {
  expect(checkTerminal(terminal)).toMatchObject({ outcome, found: expect.stringContaining(found) });
});

test("a tool for the clipboard counts when it is there and has a display to talk to", () => {
  const folder = newFolder();
  for (const name of ["a", "b"]) mkdirSync(join(folder, name));
  for (const tool of ["xsel", "wl-copy"]) writeFileSync(join(folder, "b", tool), "");
  const PATH = [join(folder, "a"), join(folder, "b")].join(delimiter);
  expect(checkClipboard({ PATH, DISPLAY: ":0" }, "linux")).toMatchObject({ outcome: "ok", found: "xsel" });
  expect(checkClipboard({ PATH, WAYLAND_DISPLAY: "w" }, "linux")).toMatchObject({ outcome: "ok", found: "wl-copy" });
  expect(checkClipboard({ PATH }, "linux").advice).toContain("no display");
  expect(checkClipboard({ PATH: join(folder, "a"), DISPLAY: ":0" }, "linux").advice).toContain("Install");
  expect(checkClipboard({}, "darwin")).toMatchObject({ outcome: "ok" });
});

test("a port is free here", async () => {
  expect(await checkPort()).toMatchObject({ outcome: "ok", found: expect.stringMatching(/such as \d+$/u) });
});

test("without an address no Redis is looked for", async () => {
  expect(await checkRedis(undefined)).toMatchObject({ outcome: "skipped", advice: null });
  expect(await checkRedis("")).toMatchObject({ outcome: "skipped" });
});

test.each([
  ["+PONG\r\n", "ok"],
  ["-NOAUTH Authentication required.\r\n", "ok"],
  ["HTTP/1.1 400 Bad Request\r\n", "failed"],
  [null, "failed"],
])("a server that answers a ping with %j: %s", async (answer, outcome) => {
  const heard: string[] = [];
  const port = await listen((chunk, reply) => {
    heard.push(chunk);
    if (answer !== null) reply(answer);
  });
  expect(await checkRedis(`redis://127.0.0.1:${port}`, answer === null ? 100 : 5000)).toMatchObject({ outcome });
  expect(heard).toEqual(["*1\r\n$4\r\nPING\r\n"]);
});

test.each([
  ["+OK\r\n", "ok", "answers"],
  ["-WRONGPASS invalid username-password pair\r\n", "failed", "WRONGPASS invalid username-password pair"],
])("a server that answers a user and password with %j: %s", async (answer, outcome, says) => {
  const heard: string[] = [];
  const port = await listen((chunk, reply) => {
    heard.push(chunk);
    reply(answer);
  });
  const finding = await checkRedis(`redis://ada:s%40cret@127.0.0.1:${port}/2?prefix=shop`);
  expect(finding).toMatchObject({ outcome, found: expect.stringContaining(says) });
  expect(JSON.stringify(finding)).not.toMatch(/ada|cret/u);
  expect(heard).toEqual(["*3\r\n$4\r\nAUTH\r\n$3\r\nada\r\n$6\r\ns@cret\r\n"]);
});

test("an address that leads nowhere, or is none, fails with what to do", async () => {
  for (const address of ["redis://127.0.0.1:1", "unix:/no/such.sock", "nonsense", "http://127.0.0.1:80"])
    expect(await checkRedis(address)).toMatchObject({
      outcome: "failed",
      advice: expect.stringContaining("REDIS_URL"),
    });
});

test("each finding is a line, with what to do below it, and fits a narrow terminal", () => {
  const findings: MachineFinding[] = [
    { id: "node", outcome: "ok", found: "24.0.0", advice: null },
    {
      id: "file-events",
      outcome: "limited",
      found: "none arrived here",
      advice: "Nothing to do but to wait a little.",
    },
    { id: "redis", outcome: "failed", found: "no answer", advice: "Start it." },
  ];
  expect(renderFindings(findings, { color: false, emoji: false, width: 46 }).split("\n")).toEqual([
    "  ok      Node         24.0.0",
    "  partly  file events  none arrived here",
    "                       -> Nothing to do but to",
    "                       wait a little.",
    "  FAILED  Redis        no answer",
    "                       -> Start it.",
    "",
    "This machine will not do yet: 1 thing has to be mended.",
    "",
  ]);
  const two = renderFindings(
    findings.map((finding) => ({ ...finding, outcome: "failed" as const })),
    { color: true, emoji: true, width: 80 },
  );
  expect(two).toContain("3 things have to be mended");
  expect(two).toContain("\u001B[31m");
});

async function listen(heard: (chunk: string, reply: (text: string) => void) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => heard(chunk.toString(), (text) => void socket.write(text)));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
