/**
 * The nouns of the tool with their contracts. Types only: this file must never hold a value.
 * Every room imports it; it imports nothing of ours. The words are those of the glossary in CONTRIBUTING.md.
 */
import type { Context as HonoContext } from "hono";
import type Keyv from "keyv";

// ── What a handler sees ─────────────────────────────────────────────────────────────────────────

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What SQLite binds and returns. Booleans and dates are not among them: store 0/1 and ISO strings. */
export type SqlValue = string | number | bigint | Uint8Array | null;

export interface RunResult {
  /** Rows inserted, updated or deleted by this statement, triggers not counted. */
  readonly changes: number;
  /** Row id of the last insert on this connection. */
  readonly lastInsertRowid: number;
}

/**
 * An asynchronous database handle with the isolation of separate connections in WAL mode: while a transaction
 * is open, other requests read the last committed state and their writes wait.
 * Rejects on SQL errors, and on `BEGIN`, `COMMIT`, `ROLLBACK`, `SAVEPOINT`, `RELEASE`, `PRAGMA`, `ATTACH`.
 */
export interface Database {
  get<Row = Record<string, SqlValue>>(sql: string, ...params: SqlValue[]): Promise<Row | undefined>;
  all<Row = Record<string, SqlValue>>(sql: string, ...params: SqlValue[]): Promise<Row[]>;
  run(sql: string, ...params: SqlValue[]): Promise<RunResult>;
  /** Commits when the callback resolves and rolls back when it rejects. Nested calls join the open transaction. */
  transaction<Result>(body: (tx: Transaction) => Promise<Result>): Promise<Result>;
}

export type Transaction = Omit<Database, "transaction">;

export interface Variables {
  readonly db: Database;
  /** Keyv 5: `set(key, value, ttl)` takes the time to live in milliseconds; values are copied in and out. */
  readonly cache: Keyv;
}

export type Context = HonoContext<{ Variables: Variables }>;

export type Handler = (c: Context) => Response | Promise<Response>;

// ── Scenario ────────────────────────────────────────────────────────────────────────────────────

/** Synchronous reading of the database by the checker or a story: sees committed rows only. */
export interface TruthReader {
  get<Row = Record<string, SqlValue>>(sql: string, ...params: SqlValue[]): Row | undefined;
  all<Row = Record<string, SqlValue>>(sql: string, ...params: SqlValue[]): Row[];
}

export interface Seeder extends TruthReader {
  run(sql: string, ...params: SqlValue[]): RunResult;
}

/** Uniform and seeded: the only source of chance that a scenario may use. */
export interface Random {
  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
}

export interface Route {
  /** Unique in the scenario, e.g. `statistics`; requests name their route by it. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A Hono path, e.g. `/datasets/:id/statistics`. */
  readonly path: string;
  /** File name in the working copy and the function it must export. */
  readonly file: string;
  readonly export: string;
  /**
   * A read changes no row; a write may. A job is run by the service itself, so its path is open to nobody else; it
   * may be run again at any time, and answers below 400 once it has done what there was to do.
   */
  readonly role: "read" | "write" | "job";
  /** Jobs only: milliseconds from the end of one run to the next in a live service; a check runs them when it likes. */
  readonly every?: number;
  /**
   * Reads only: many rows lie behind one answer, such as a page of a list, and no writer can tell which answers
   * it changes. Any write may then make it be computed anew; `precise` asks nothing of it.
   */
  readonly shared?: true;
}

/** One HTTP request of a check or a story. */
export interface RequestSpec {
  readonly route: string;
  /** The concrete path, e.g. `/datasets/7/statistics`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, so that a scenario can send a broken body; `content-type` is JSON when a body is given. */
  readonly body?: string;
  /** Who asks, in the report's words, e.g. `Ada downloads`. */
  readonly label?: string;
}

/** Expected JSON in which `{ $match: … }` stands for a value that is not known beforehand. */
export type Pattern =
  | null
  | boolean
  | number
  | string
  /** `date-time`: ISO 8601 with seconds and offset. `now`: the same, and in a row, of the time that its request took. */
  | { readonly $match: "any" | "integer" | "string" | "date-time" | "now" }
  /** One of these texts. */
  | { readonly $oneOf: readonly string[] }
  /** The `id` of the row that this very request inserted into that table. */
  | { readonly $inserted: string }
  | readonly Pattern[]
  | { readonly [key: string]: Pattern };

/** One row that a request must have changed by the time it is acknowledged. */
export type RowChange =
  | { readonly kind: "insert"; readonly table: string; readonly row: Readonly<Record<string, Pattern>> }
  | {
      readonly kind: "update";
      readonly table: string;
      readonly id: SqlValue;
      readonly set: Readonly<Record<string, Pattern>>;
    }
  | { readonly kind: "delete"; readonly table: string; readonly id: SqlValue };

/** What the service must answer to a request, given a committed state. `changes` is empty or absent for reads. */
export interface Outcome {
  readonly status: number;
  /** Compared with deep equality for reads (order of object members does not count); absent: any body. */
  readonly body?: Pattern;
  readonly changes?: readonly RowChange[];
}

export interface WorldBuilder {
  readonly db: Seeder;
  readonly random: Random;
  /**
   * The world's own id for the canonical id `n` (1 ≤ n < 1 000 000); no earlier world used it. Reports print `n`. The id
   * for 1001 begins with the digits of the one for 1, and ends with the same three: for keys that are not unique.
   */
  id(n: number): number;
  /** Virtual "now" of the world in ISO format; rows seeded with times should lie before it. */
  readonly now: string;
}

/** The requests that make sense in a world. Same length and order in every world of a scenario: they are named by position. */
export interface Cast {
  /** Every distinct read, as every user: all are read at the end of each run. */
  readonly reads: readonly RequestSpec[];
  /** Reads whose keys might be mistaken for one another: asked in turn, and left out everywhere else. */
  readonly others?: readonly RequestSpec[];
  /** At least two writes that change `reads[0]`, first the plainest; and one that changes another read only. */
  readonly writes: readonly RequestSpec[];
  /** Requests that the service must refuse in the world as seeded (unknown ids, bad bodies); later they may be due. */
  readonly refused: readonly RequestSpec[];
  /** Changes of the database that no handler makes. */
  readonly external?: readonly ExternalWrite[];
}

/**
 * A change that another program makes in the same database: an import, a bulk update, a colleague with a console. It is
 * one step and one commit, and nobody acknowledges it. A read must show it when it arrives after the end of a run of a
 * job that began after the commit, and at the latest when `longestStaleness` has passed since; until then the old
 * answer is as fresh as the new one. What a request wrote whose process died before the answer counts in the same way.
 */
export interface ExternalWrite {
  /** Who writes, e.g. `the price import`. */
  readonly label: string;
  /** Statements as the other program would send them; rows they change need not be told anywhere else. */
  run(db: Seeder): void;
}

/** The figures that a story tells, all read from one run's database, cache and responses. */
export interface StoryFigures {
  readonly shown: number;
  readonly actual: number;
}

/** One cache entry as it lies in the cache; times in milliseconds. */
export interface CacheEntry {
  readonly key: string;
  readonly value: Json;
  readonly age: number;
  /** null: never expires. */
  readonly timeToLive: number | null;
}

/** The tale of one scenario: how its damage is replayed and told. All wording lives in the scenario's folder. */
export interface Story {
  readonly banner: string;
  readonly incident: readonly string[];
  /** Who looks, before and after: a read; its `figure` is the number people see. */
  readonly viewer: { readonly name: string; readonly request: RequestSpec };
  /** What happens in between: `count` writes, the n-th (from 0) given by `request`. */
  readonly crowd: { readonly name: string; readonly count: number; request(n: number): RequestSpec };
  figure(body: Json): number;
  /** The same number from the database itself. */
  actual(db: TruthReader): number;
  readonly unit: string;
  /** The figure is an amount, such as a price, and no count: a smaller one is wrong, and hides nothing. */
  readonly isAmount?: true;
  /** Headings with their lines; `figures` are this run's. */
  disaster(figures: StoryFigures): readonly StorySection[];
  happyEnding(figures: StoryFigures): readonly StorySection[];
  /** Lines after "SUCCESS!"; before and after one more write on the private copy. */
  success(figures: { readonly before: number; readonly after: number }): readonly string[];
}

export interface StorySection {
  readonly heading: string;
  readonly lines: readonly { readonly text: string; readonly tone: "plain" | "bad" | "good" | "dim" }[];
}

/** A dataset's large history, made on demand by `setup-test-data --downloads N`. */
export interface BulkHistory {
  /** What is counted, e.g. `downloads`. */
  readonly unit: string;
  /** Runs once before the rows; returns the insert statement and the parameters of its n-th row (0 ≤ n < count). */
  prepare(db: Seeder, random: Random, count: number): { readonly insert: string; row(n: number): readonly SqlValue[] };
}

/** What whoever runs a live service is given beside what handlers see. */
export interface Operations {
  /**
   * The entries of the cache that have not expired; looking at them is no visit of the cache. Where they do not lie in
   * memory, a thousand at most, and none while it cannot be reached.
   */
  entries(): Promise<readonly CacheEntry[]>;
  /** Drops every entry, whatever handlers do meanwhile; gives how many `entries` would have shown. */
  clearCache(): Promise<number>;
  /** Counted since the service was started or set back; hits and misses are lookups in the cache. */
  totals(): Pick<LiveState["totals"], "hits" | "misses" | "sets" | "deletes">;
}

export type AdminContext = HonoContext<{ Variables: Variables & { readonly operations: Operations } }>;

/**
 * A route for whoever runs the service. Only a live service has it: no check sends a request there, and it is no handler of
 * a participant's. Its visits to database and cache are those of nobody's request.
 */
export interface AdminRoute {
  readonly method: Route["method"];
  /** A Hono path that begins with `/admin/`. */
  readonly path: string;
  handle(c: AdminContext): Response | Promise<Response>;
}

/** What is asked of a service while the strategies that a scenario brings are compared: its people come as they like. */
export interface ComparedTraffic {
  /** How long it lasts, by the service's clock. */
  readonly minutes: number;
  /** On average. */
  readonly perMinute: { readonly reads: number; readonly writes: number; readonly external: number };
  /** The next one of each kind; pure but for `random`. The data are those of `seedWorkshop`. */
  read(random: Random): RequestSpec;
  write(random: Random): RequestSpec;
  external?(random: Random): ExternalWrite;
}

export interface Scenario {
  /** Folder name and stable id: progress is stored under it. */
  readonly slug: string;
  readonly title: string;
  /** One line: what a participant can do afterwards. */
  readonly teaches: string;
  readonly minutes: number;
  /** DDL for an empty database; tables need an `id` column that is their primary key. */
  readonly schema: string;
  readonly routes: readonly Route[];
  readonly admin?: readonly AdminRoute[];
  /** Live services wait this long at each statement; checks do so by the virtual clock, where a plan is paced. Milliseconds. */
  readonly databaseDelay: { readonly costly: number; readonly plain: number };
  /** Tables whose reading the cache exists to avoid. */
  readonly costly: readonly string[];
  /** Tables that triggers and jobs keep for the service's own use: what they hold is no part of the contract. */
  readonly bookkeeping?: readonly string[];
  /** A cached answer must still serve this many milliseconds after it was computed, if nothing changed. */
  readonly usefulFor: number;
  /** Milliseconds for which an external write may go unseen although no job ran; absent: for ever. */
  readonly longestStaleness?: number;
  /** Stars that the reference earns and that a pass demands. */
  readonly requiredStars: 1 | 2 | 3;
  /** How the starter must fail, for `verify`. */
  readonly starterFails: { readonly property: PropertyId; readonly star: Star; readonly cause: Cause };
  /** Fills a world for a check and names the requests that can be sent to it. Pure but for `world`. */
  seedWorld(world: WorldBuilder): Cast;
  /** The contract: what the service must answer in the committed state that `db` shows. Must not depend on anything else. */
  truth(db: TruthReader, request: RequestSpec): Outcome;
  /** Fills the workshop's database: the data of the story, and more around it. */
  seedWorkshop(db: Seeder, random: Random): void;
  readonly bulk?: BulkHistory;
  readonly story: Story;
  /** For scenarios that bring strategies to compare. */
  readonly traffic?: ComparedTraffic;
  /** Properties beyond the common ones (isolation, stampede …). */
  readonly properties?: readonly ScenarioProperty[];
}

/** A scenario's own property: plans to run, and a judge over each history. */
export interface ScenarioProperty {
  readonly id: string;
  readonly star: Star;
  readonly asks: string;
  /** Explored under every schedule within as many switches as the property has stars, less one. */
  plans(cast: CastShape): readonly RunPlan[];
  /** Plans that the first history of one of `plans` calls for, such as the same with a fault at each of its steps. */
  follow?(history: History): readonly RunPlan[];
  /** Absent: the contract is kept and every read is fresh, as everywhere. */
  judge?(history: History): Finding | null;
}

// ── Run ─────────────────────────────────────────────────────────────────────────────────────────

/**
 * Who acts, by position: `r0` is `reads[0]` of the cast, `o0` is `others[0]`, `w1` is `writes[1]`, `x2` is `refused[2]`,
 * `e0` is `external[0]`, and `j0` is the scenario's first job.
 */
export type RequestRef = `${"r" | "o" | "w" | "x" | "e" | "j"}${number}`;

/** How many of each there are; the positions a plan may name. */
export interface CastShape {
  readonly reads: number;
  readonly writes: number;
  readonly refused: number;
  readonly others?: number;
  readonly external?: number;
  readonly jobs?: number;
  /** Positions of the reads whose route is shared. */
  readonly shared?: readonly number[];
  /** For each write, the positions of the reads whose truth it changes when run alone in a fresh world. */
  readonly changes: readonly (readonly number[])[];
}

/** A request taking part in a run. Its position, counted over all phases, is its actor number (A, B, C …). */
export interface Actor {
  readonly ref: RequestRef;
  /** Which of the two app instances serves it. */
  readonly instance: 0 | 1;
}

/** Requests that may overlap. A phase opens when every request of the one before is answered; steps left behind may outlive it. */
export interface Phase {
  readonly actors: readonly Actor[];
  /** Virtual milliseconds that pass before the phase opens; where it is not given 1000, and none before the first. */
  readonly wait?: number;
}

/**
 * The cache fails in this way from its `from`-th operation (counted from 0 in order of effect) to the end of the run,
 * or, for `lose-delete` and `evict`, at that operation only. `evict` drops every entry just before it.
 *
 * `crash` is of another kind: just before the `from`-th step that writes and jobs take at database and cache, the process
 * that would take it dies. Its requests are never answered, its steps and timers are gone, its transaction is rolled
 * back, and whatever comes later is served by the other instance, which knows nothing of what the dead one had in mind.
 */
export interface Fault {
  readonly kind: "miss" | "false" | "error" | "hang" | "lose-delete" | "evict" | "crash";
  readonly from: number;
}

/** A change applied at the gate while a failing schedule is replayed, to prove a cause (design §5, Explain). */
export type Repair =
  | { readonly kind: "one-instance" }
  /** Mutations of the key `from` go to `to`. */
  | { readonly kind: "redirect-key"; readonly from: string; readonly to: string }
  /** Answers count as given only when the request's own steps and timers are done. */
  | { readonly kind: "hold-acknowledgement" }
  /** Cache mutations of writes take effect after the write's last commit, in their order. */
  | { readonly kind: "mutate-after-commit" }
  /** Every `cache.set` by a write becomes a delete of that key. */
  | { readonly kind: "set-becomes-delete" }
  /** Just before its answer, each write deletes `key`. */
  | { readonly kind: "inject-delete"; readonly key: string }
  /** A read's `cache.set` is dropped if a commit happened since the read arrived. */
  | { readonly kind: "drop-stale-set" }
  /** Reads of different paths use entries of their own, whatever keys they give, and writes forget all entries. */
  | { readonly kind: "separate-reads" }
  /** Clients keep no answers, so that none asks with If-None-Match. */
  | { readonly kind: "forget-answers" };

export interface RunPlan {
  readonly phases: readonly Phase[];
  /** Reads, once started, run to their answer without a switch as long as they can go on. */
  readonly wholeReads?: boolean;
  /**
   * Before a request changes the cache, whatever it does outside of database and cache, which takes no step here, has
   * real time to come to its end: a hash, a message, a tick. Else nobody could be answered before such a step.
   */
  readonly outsideFirst?: boolean;
  /** Both processes were started just before: modules know nothing. Else they have served other worlds already. */
  readonly justStarted?: boolean;
  /** Each step of the database takes the scenario's `databaseDelay` by the virtual clock; else no time passes. */
  readonly paced?: boolean;
  readonly faults?: readonly Fault[];
  readonly repairs?: readonly Repair[];
  /** Clients keep no answers; else each asks with If-None-Match once an answer had an ETag. */
  readonly forgetfulClients?: boolean;
  /** After everything else, every read of the cast is requested one after the other and judged like any other. */
  readonly probe: boolean;
  /** Record source locations and values for a report; slower. Ids in a traced history are canonical. */
  readonly trace?: boolean;
  /** Names the world's data and the requests' randomness. */
  readonly seed: string;
}

/** One thing that can happen next. `cost` is 1 when choosing it is a switch. */
export interface Option {
  /** Stable name in the schedule: actor × 8 + slot, where slot numbers the actor's own options from 0. */
  readonly id: number;
  readonly actor: number;
  readonly kind: "arrival" | "cache" | "database" | "timer";
  readonly cost: 0 | 1;
  /** Of a timer: its delay in milliseconds, and whether its request is answered. */
  readonly timer?: { readonly delay: number; readonly left: boolean };
}

export interface ChoicePoint {
  /** Never empty; the request that is running comes first, then the others in actor order. */
  readonly options: readonly Option[];
}

/** Option ids in the order chosen, forced ones included: a printable, replayable schedule. */
export type Schedule = readonly number[];

/** Returns an index into `point.options`. Called once per step; pure but for its own state. */
export interface Chooser {
  choose(point: ChoicePoint): number;
}

export type Run = (plan: RunPlan, chooser: Chooser) => Promise<History>;

// ── History ─────────────────────────────────────────────────────────────────────────────────────

export interface Location {
  /** Relative to the working copy, e.g. `downloads.ts`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type CacheOperation = "get" | "set" | "delete" | "clear";
export type DatabaseOperation = "get" | "all" | "run" | "begin" | "commit" | "rollback";

interface EventBase {
  readonly actor: number;
  /** Virtual milliseconds since the run began. */
  readonly at: number;
}

export interface CacheEvent extends EventBase {
  readonly kind: "cache";
  readonly operation: CacheOperation;
  readonly key: string | null;
  readonly hit?: boolean;
  /** Stored or returned; only in a traced run. */
  readonly value?: Json;
  /** Milliseconds; null: no expiry. Sets only. */
  readonly timeToLive?: number | null;
  /** Whether the entry existed; deletes only. */
  readonly existed?: boolean;
  readonly fault?: Fault["kind"];
  readonly repair?: Repair["kind"];
  readonly location?: Location;
}

export interface DatabaseEvent extends EventBase {
  readonly kind: "database";
  readonly operation: DatabaseOperation;
  readonly sql: string | null;
  readonly params?: readonly SqlValue[];
  /** Row or rows returned; only in a traced run. */
  readonly value?: Json;
  readonly changes?: number;
  /** Tables read by the statement, from SQLite's own program for it (indexes and views resolved). */
  readonly reads: readonly string[];
  /** The version that this step committed. */
  readonly committed?: number;
  /** The statement failed with this message. */
  readonly error?: string;
  readonly location?: Location;
}

export type Event =
  | (EventBase & { readonly kind: "arrival" })
  | CacheEvent
  | DatabaseEvent
  | (EventBase & { readonly kind: "timer"; readonly delay: number })
  | (EventBase & { readonly kind: "answer" })
  /** The process that serves the actor dies; `location` is where it would have gone on. */
  | (EventBase & { readonly kind: "crash"; readonly location?: Location });

/** A request as it went. Positions index `History.events`. */
export interface RequestRecord {
  readonly ref: RequestRef;
  readonly instance: 0 | 1;
  /** `external`: arrived, committed and over in one event, without a response. */
  readonly role: Route["role"] | "external";
  /** `JOB` and `SQL` where there is none. */
  readonly method: string;
  /** Of a job its id; of an external write what its first statement changes. */
  readonly path: string;
  /** What the client added to the path, where it did; neither the question nor the answer depends on it. */
  readonly query?: string;
  readonly body?: string;
  readonly label?: string;
  /** External writes only: the rows that it changed. */
  readonly changes?: readonly RowChange[];
  /** True for the reads added by `plan.probe`. */
  readonly probe: boolean;
  /** -1: never arrived, because the run ended before. */
  readonly arrived: number;
  /** null: never answered. */
  readonly answered: number | null;
  readonly response: {
    readonly status: number;
    readonly contentType: string | null;
    /** Only where the handler sent one. */
    readonly cacheControl?: string;
    /** The handler answered 304 to an If-None-Match; the rest is what the client had kept, and goes on with. */
    readonly notModified?: true;
    readonly body: Json;
  } | null;
  /** Thrown by the handler; the response is then a 500. */
  readonly error: { readonly name: string; readonly message: string; readonly location: Location | null } | null;
}

/** A committed state. Version 0 is the world as seeded. */
export interface Version {
  /** Position of the committing event; -1 for version 0. */
  readonly event: number;
  readonly actor: number | null;
  /** What the service must answer in this state, one per request of the history, in its order. */
  readonly outcomes: readonly Outcome[];
}

/** A row that differs between the world as seeded and the end of the run. */
export interface RowDifference {
  readonly table: string;
  readonly before: Readonly<Record<string, SqlValue>> | null;
  readonly after: Readonly<Record<string, SqlValue>> | null;
}

/** What happened in one run. */
export interface History {
  readonly plan: RunPlan;
  /** Virtual milliseconds since 1970 at which the run began. */
  readonly began: number;
  readonly requests: readonly RequestRecord[];
  readonly events: readonly Event[];
  readonly versions: readonly Version[];
  readonly differences: readonly RowDifference[];
  /** Schema objects added, dropped or changed, by name. */
  readonly schemaChanges: readonly string[];
  readonly schedule: Schedule;
  readonly points: readonly ChoicePoint[];
  /** Positions in the schedule: timers that fired, and nothing came of it. */
  readonly idle?: readonly number[];
  readonly switches: number;
  /** Cache operations performed: the bound of `Fault.from`. */
  readonly cacheOperations: number;
  /** As the scenario has it; null: unbounded. */
  readonly longestStaleness?: number | null;
  /**
   * `complete`: every request was answered and nothing near is left.
   * `stuck`: these actors wait for something outside the workshop's control.
   * `diverged`: the schedule named an option that was not there. `endless`: the step limit was reached.
   */
  readonly end:
    | { readonly kind: "complete" }
    | { readonly kind: "stuck" | "endless"; readonly actors: readonly number[] }
    | { readonly kind: "diverged" };
  /** Requests in canonical form are only in traced runs; the ids of untraced runs are the world's own. */
  readonly costly: readonly string[];
}

// ── Demonstration ───────────────────────────────────────────────────────────────────────────────

/** What a handler threw. */
export interface HandlerError {
  readonly name: string;
  readonly message: string;
  readonly location: Location | null;
}

/** One request of a story as it went on the live service. */
export interface PlayedRequest {
  /** Counted from 1 in order of arrival. */
  readonly number: number;
  readonly label: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds from the request to the last byte of its answer. */
  readonly duration: number;
  readonly thrown: HandlerError | null;
  /** Every cache operation it made, in order; in a finished demonstration also those that outlived its answer. */
  readonly cache: readonly Pick<CacheEvent, "operation" | "key" | "hit" | "existed">[];
  /** Rows its statements inserted, updated or deleted. */
  readonly changes: number;
  /** It read a table that the scenario calls costly. */
  readonly costly: boolean;
}

/** The viewer's request. */
export interface Look extends PlayedRequest {
  readonly body: Json;
  /** The number people see; null when the answer has none. */
  readonly shown: number | null;
  /** The same number in the database at that moment. */
  readonly actual: number;
}

/** What happened when a scenario's story was played once on the live service. */
export interface Demonstration {
  readonly before: Look;
  readonly writes: readonly PlayedRequest[];
  readonly after: Look;
  /** At once after `after`: tells whether the cache still serves. */
  readonly again: Look;
  /** The cache as it lay between the writes and the second look. */
  readonly entries: readonly CacheEntry[];
}

// ── Live service ────────────────────────────────────────────────────────────────────────────────
// What a running service reports while it works. Plain JSON: it travels between processes and to a page.

interface LiveStepBase {
  /** The request's number, counted from 1 in order of arrival; 0: outside any request. */
  readonly request: number;
  /** When the step ended, milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds from being asked for to being answered, waiting for a turn included. */
  readonly duration: number;
  /** Why it failed, in the words of the database or the cache. */
  readonly error?: string;
}

export interface LiveArrival extends LiveStepBase {
  readonly kind: "arrival";
  readonly method: string;
  readonly path: string;
}

export interface LiveCacheStep extends LiveStepBase {
  readonly kind: "cache";
  readonly operation: CacheOperation;
  readonly key: string | null;
  readonly hit?: boolean;
  /** Stored or returned. */
  readonly value?: Json;
  /** Milliseconds; null: no expiry. Sets only. */
  readonly timeToLive?: number | null;
  /** Whether the entry existed. Deletes only. */
  readonly existed?: boolean;
  /** Never carried out, for the cache was away. Of sets, deletes and clears in an outage that was switched on. */
  readonly lost?: boolean;
}

export interface LiveDatabaseStep extends LiveStepBase {
  readonly kind: "database";
  readonly operation: DatabaseOperation;
  readonly sql: string | null;
  /** Blobs and big integers are shown as text. */
  readonly params: readonly Json[];
  /** Tables read by the statement, from SQLite's own program for it. */
  readonly reads: readonly string[];
  readonly costly: boolean;
  readonly changes?: number;
}

export interface LiveAnswer extends LiveStepBase {
  readonly kind: "answer";
  readonly status: number;
  readonly thrown: HandlerError | null;
}

export type LiveStep = LiveArrival | LiveCacheStep | LiveDatabaseStep | LiveAnswer;

/** A step with its place in the service's story, counted from 1 since the server was started. */
export type NumberedStep = LiveStep & { readonly position: number };

/** What people saw and what was true, at one moment. */
export interface LivePoint {
  /** Milliseconds since the epoch by the service's clock, which can be moved. */
  readonly at: number;
  /** The viewer's last figure; null: nobody has looked yet, or the answer had none. */
  readonly shown: number | null;
  /** The same figure in the database. */
  readonly actual: number;
  /** As in `LiveState.figures`; absent: no. */
  readonly awaitsLook?: boolean;
  /** As in `LiveState.traffic`, at that moment. */
  readonly writesPerMinute?: number;
}

/** The cache entry that the viewer's last look was answered from or has filled; times in milliseconds. */
export interface LiveEntry extends CacheEntry {
  /** It differs from what the database would answer now. */
  readonly stale: boolean;
}

/** A verdict as `test-your-fix` gave it last. */
export interface KeptVerdict {
  /** ISO time at which the check began. */
  readonly at: string;
  readonly verdict: Verdict;
  /** The handlers have not been changed since. */
  readonly current: boolean;
}

/** Everything a page shows besides the story line: one small value, sent whole whenever it changed. */
export interface LiveState {
  readonly scenario: {
    readonly slug: string;
    readonly title: string;
    /** What the figure counts, e.g. `downloads`. */
    readonly unit: string;
    readonly viewer: string;
    readonly crowd: { readonly name: string; readonly count: number };
    /** Method and path of the viewer's request, e.g. `GET /datasets/1/statistics`. */
    readonly viewerRequest: string;
  };
  readonly handlers: {
    /** Where they come from, e.g. `working copy`, `reference fix`. */
    readonly source: string;
    /** Counted from 1 with each version that was loaded. */
    readonly version: number;
    /** By the service's clock. */
    readonly loadedAt: number;
    /** Why the newest version does not run; the last good one then does. */
    readonly fault: HandlerFault | null;
  };
  readonly figures: {
    readonly shown: number | null;
    readonly actual: number;
    /** actual − shown; null without a figure. */
    readonly gap: number | null;
    /** The last look was true, and nothing out of date is cached for the next: the gap is what was written in between. */
    readonly awaitsLook: boolean;
    /** The share of `actual` that is not shown, 0 to 1; null without a figure, when there is nothing to hide, when a look is awaited, or when the figure is an amount. */
    readonly hidden: number | null;
    /** When the viewer last looked, by the service's clock. */
    readonly lookedAt: number | null;
    /** Whether that look was answered by the cache; null: the answer tells nothing. */
    readonly fromCache: boolean | null;
  };
  readonly entry: LiveEntry | null;
  /** The entry was filled before the handlers now running were loaded and is stale: no fix heals it, only the next write or its end. */
  readonly poisonedBeforeFix: boolean;
  /** The entry is stale, and a delete of it did not reach the cache since it was stored. */
  readonly lostDelete: boolean;
  readonly cache: {
    readonly entries: number;
    readonly outage: Fault["kind"] | null;
    readonly health: "ok" | "degraded";
    /** Why it is degraded. */
    readonly trouble: string | null;
  };
  readonly clock: {
    /** Milliseconds since the epoch by the service's clock. */
    readonly now: number;
    /** How far it is ahead of the machine's, in milliseconds. */
    readonly ahead: number;
  };
  readonly traffic: {
    /** Writes a second that the steady stream makes; 0: none. */
    readonly stream: number;
    /** Requests not answered yet. */
    readonly inFlight: number;
    /** Writes acknowledged in the last sixty seconds of the service's clock. */
    readonly writesPerMinute: number;
  };
  /** Since the server was started or set back. */
  readonly totals: {
    readonly reads: number;
    readonly writes: number;
    readonly hits: number;
    readonly misses: number;
    readonly sets: number;
    readonly deletes: number;
    /** Reads whose answer was at no moment between arrival and answer what the database said. */
    readonly staleAnswers: number;
    /** Answers with a status of 500 and above. */
    readonly failures: number;
  };
  readonly verdict: KeptVerdict | null;
}

/** What a page gets when it connects, and again when it missed more than the server remembers. */
export interface LiveSnapshot {
  readonly state: LiveState;
  /** The newest steps, oldest first. */
  readonly steps: readonly NumberedStep[];
  /** The chart so far, oldest first. */
  readonly points: readonly LivePoint[];
}

/** What happened since the frame before; at most ten a second are sent. */
export interface LiveFrame {
  readonly steps: readonly NumberedStep[];
  readonly points: readonly LivePoint[];
  /** null: as before. */
  readonly state: LiveState | null;
}

/** One order of a page to the service; each is a `POST /api/<kind>` with the rest as its JSON body. */
export type ControlOrder =
  | { readonly kind: "look" }
  | { readonly kind: "write"; readonly count: number }
  /** Writes a second from now on; 0 ends it. */
  | { readonly kind: "stream"; readonly perSecond: number }
  | { readonly kind: "clear-cache" }
  | { readonly kind: "advance"; readonly minutes: number }
  | { readonly kind: "outage"; readonly fault: "miss" | "false" | "error" | "hang" | null }
  | { readonly kind: "start-again" };

// ── Verdict ─────────────────────────────────────────────────────────────────────────────────────

export type Star = 1 | 2 | 3;

export type PropertyId =
  | "contract-kept"
  | "fresh-in-sequence"
  | "still-cached"
  | "fresh-around-writes"
  | "precise"
  | "fresh-under-race"
  | "survives-outage"
  | (string & {});

export type Cause =
  | "never-invalidated"
  | "only-some-requests"
  | "dependent-view-forgotten"
  | "external-write-unseen"
  | "invalidation-lost-in-crash"
  | "staleness-unbounded"
  | "wrong-key"
  | "key-not-unique"
  | "etag-unchanged"
  | "invalidated-before-write"
  | "invalidated-before-commit"
  | "delete-not-awaited"
  | "set-not-awaited"
  | "cleared-everything"
  | "cache-bypassed"
  | "ttl-shortened"
  | "value-patched"
  | "write-through-race"
  | "stale-set-race"
  | "torn-read"
  | "module-state"
  | "response-hard-coded"
  | "write-not-recorded"
  | "contract-changed"
  | "outage-not-tolerated"
  | "syntax-error"
  | "export-missing"
  | "undefined-name"
  | "handler-threw"
  | "process-exited"
  | "never-answers"
  | "endless-loop"
  | "out-of-memory"
  | "globals-patched"
  | "forbidden-import"
  | "outside-requests"
  | "output-flood"
  | "nondeterministic"
  | "unexplained";

/** Why a history breaks a property, as the judge saw it. Positions index the history. */
export interface Finding {
  readonly property: PropertyId;
  readonly kind:
    | "stale"
    | "wrong"
    | "contract"
    | "rows"
    | "not-cached"
    | "recomputed"
    | "outage"
    | "never-answered"
    | "threw";
  /** Position in `History.requests` of the request whose answer, or missing answer, is at fault. */
  readonly request: number;
  readonly served?: Json;
  readonly expected?: Pattern;
  /** Named by observation where a property can tell (contract, still-cached, precise). */
  readonly cause?: Cause;
  readonly detail: string;
}

export type VerdictKind =
  | "pass"
  | "fail"
  | "inconclusive"
  | "crashed"
  | "timed-out"
  | "broken-environment"
  | "checker-bug";

/** Exactly what was explored: `complete` only if every schedule within the bound was run. */
export interface Claim {
  readonly schedules: number;
  readonly requests: number;
  readonly switches: number;
  readonly complete: boolean;
}

export interface PropertyResult {
  readonly id: PropertyId;
  readonly star: Star;
  readonly outcome: "held" | "broken" | "incomplete" | "not-run";
  readonly claim: Claim;
  readonly cause?: Cause;
  readonly counterexample?: Counterexample;
}

/** One row of the report's columns, in order. */
export interface StoryStep {
  readonly actor: number;
  readonly kind: Event["kind"];
  /** Short text without ids of this world, e.g. `cache.get dataset_stats_7`. */
  readonly text: string;
  /** What came back, e.g. `miss`, `41`. */
  readonly result?: string;
  readonly mark?: "poison" | "served" | "switch";
  /** The story's figure after this step: as last answered to a read of the finding's kind, and in the database. */
  readonly figures?: { readonly shown: number | null; readonly actual: number };
  readonly location?: Location;
}

export interface Counterexample {
  readonly property: PropertyId;
  readonly requests: readonly {
    readonly actor: number;
    readonly method: string;
    readonly path: string;
    readonly body?: string;
    readonly label?: string;
    readonly instance: 0 | 1;
    readonly phase: number;
    /** Milliseconds that passed before its phase, where more than the usual second did. */
    readonly later?: number;
  }[];
  readonly steps: readonly StoryStep[];
  /** One sentence that tells the story, e.g. "A's fill began before B's write and stored its result after it." */
  readonly sentence: string;
  readonly served: Json | null;
  readonly expected: Pattern | null;
  /** The poisoned entry, when there is one. */
  readonly entry?: { readonly key: string; readonly timeToLive: number | null };
  /** For `wrong-key`: the key that was changed and the key that is read. */
  readonly keys?: { readonly used: string; readonly read: string };
  readonly faults: readonly Fault[];
  readonly proof?: string;
  readonly location?: Location;
  readonly shrunkFrom: number;
  /** Schedules run until it was found. */
  readonly found: number;
  /** Token for `--replay`. */
  readonly replay: string;
}

/** A fault of the handlers themselves: they do not load, end the process, never yield. */
export interface HandlerFault {
  readonly message: string;
  readonly location: Location | null;
}

/** The value a check returns. Terminal, JSON and page are readers of this one value. */
export interface Verdict {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly verdict: VerdictKind;
  readonly stars: 0 | Star;
  readonly requiredStars: Star;
  readonly cause: Cause | null;
  readonly properties: readonly PropertyResult[];
  readonly counterexample: Counterexample | null;
  readonly fault: HandlerFault | null;
  readonly explored: Claim & { readonly seed: string };
  /** What the confirm run did; null when none was needed because the fix had failed already. */
  readonly confirmed: { readonly schedules: number; readonly complete: boolean } | null;
  /** Counts from the private copy: after the story's crowd, then after one more write. Passes only. */
  readonly success: { readonly before: number; readonly after: number } | null;
  /** One line for people when the verdict is neither pass nor fail. */
  readonly message: string | null;
  readonly timing: Readonly<Record<string, number>>;
}

// ── Comparison ──────────────────────────────────────────────────────────────────────────────────

/** What was noted while one strategy served its traffic. Times in milliseconds by the service's clock. */
export interface StrategyRun {
  readonly reads: number;
  readonly writes: number;
  readonly external: number;
  /** Reads answered without looking at a costly table. */
  readonly hits: number;
  /** Reads answered with what was never true, and writes that were refused. */
  readonly wrongAnswers: number;
  /** One for each stale answer: how long before it what it said had stopped being true. */
  readonly staleness: readonly number[];
  /** Statements that read a table, jobs included; and those of them that read a costly one. */
  readonly databaseReads: number;
  readonly costlyReads: number;
  readonly writeLatency: readonly number[];
  readonly readLatency: readonly number[];
}

export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

/** One strategy's row. Times in milliseconds by the service's clock. */
export interface StrategyFigures {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** From 0 to 1. */
  readonly hitRate: number;
  readonly staleAnswers: number;
  /** null: there were none. */
  readonly staleness: Spread | null;
  readonly databaseReads: { readonly all: number; readonly costly: number };
  readonly writeLatency: Spread;
  readonly readLatency: Spread;
  readonly wrongAnswers: number;
}

/** The strategies of a scenario under the same traffic. Terminal, JSON and chart are readers of this one value. */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly seed: string;
  readonly minutes: number;
  /** How many of each there were; the same for every strategy. */
  readonly traffic: { readonly reads: number; readonly writes: number; readonly external: number };
  readonly strategies: readonly StrategyFigures[];
}

// ── Progress ────────────────────────────────────────────────────────────────────────────────────

/** Of a hint ladder: 1 question, 2 pointer, 3 mechanism, 4 sketch, 5 solution. */
export type Rung = 1 | 2 | 3 | 4 | 5;

/** One check of a participant's handlers, as it is kept. Reports and boards read nothing else about it. */
export interface AttemptRecord {
  /** The slug: stable across versions. */
  readonly scenario: string;
  /** ISO time at which the check began. */
  readonly at: string;
  /** How long the check took. */
  readonly milliseconds: number;
  /** Name of the saved attempt that was checked; null: the working copy. */
  readonly attempt: string | null;
  /** SHA-256 of the files' names and texts, in hexadecimal: the same for the same handlers. */
  readonly handlers: string;
  readonly verdict: VerdictKind;
  readonly cause: Cause | null;
  /** The property whose counterexample was shown. */
  readonly property: PropertyId | null;
  readonly stars: 0 | Star;
  readonly requiredStars: Star;
  /** The furthest rung that had been shown by then, for any cause; 0: none. */
  readonly hintRung: 0 | Rung;
  /** Level of the prompt that made it, or the last one shown by then; null: none. */
  readonly promptLevel: number | null;
  /** The assistant that wrote it, in the participant's words; null: not said. */
  readonly assistant: string | null;
  /** Version of stale-stats that checked it. */
  readonly version: string;
}

/** Anything else worth telling that happened in a workshop. */
export type ProgressEvent = {
  readonly scenario: string;
  /** ISO time. */
  readonly at: string;
} & (
  | { readonly kind: "hint"; readonly cause: Cause; readonly rung: Rung }
  | { readonly kind: "prompt"; readonly level: number }
  | { readonly kind: "set-up" | "demonstration" | "reference" | "reset" | "undo" }
);

// ── Report ──────────────────────────────────────────────────────────────────────────────────────

/** A record, and for how many milliseconds somebody had worked by then. A longer pause counts fifteen minutes. */
export type Timed<Kept> = Kept & { readonly millisecondsSpent: number };

/** What happened in one workshop folder. Terminal, JSON (`schema/report-v1.json`) and page are readers of this one value. */
export interface WorkshopReport {
  readonly schemaVersion: 1;
  /** Name of the folder, without the way to it. */
  readonly folder: string;
  /** ISO time. */
  readonly writtenAt: string;
  /** Version of stale-stats that wrote it. */
  readonly version: string;
  readonly scenarios: readonly ScenarioReport[];
}

/** What happened in one scenario. Everything but `attempts` and `events` is computed from these two. */
export interface ScenarioReport {
  readonly slug: string;
  readonly title: string;
  /** What the scenario is planned for. */
  readonly minutes: number;
  readonly requiredStars: Star;
  readonly setUp: boolean;
  /** Why the records cannot be read: then there are none here; null: they were read. */
  readonly trouble: string | null;
  /** The most that any attempt earned. */
  readonly stars: 0 | Star;
  /** Time at work over all records. */
  readonly millisecondsSpent: number;
  /** The first pass; null: none yet. */
  readonly firstPass: {
    /** Counted from 1, the pass included. */
    readonly attempts: number;
    /** Time at work until it began. */
    readonly millisecondsSpent: number;
    /** Milliseconds since the first record, pauses included. */
    readonly millisecondsElapsed: number;
  } | null;
  /** By time, each with what was recorded. */
  readonly attempts: readonly Timed<AttemptRecord>[];
  /** By time. */
  readonly events: readonly Timed<ProgressEvent>[];
  /** Silences that count less than they lasted; `millisecondsSpent` is the time at work when each ended. */
  readonly pauses: readonly { readonly millisecondsSpent: number; readonly milliseconds: number }[];
  /** Causes that attempts were told, the most frequent first, else the first met first. */
  readonly causes: readonly { readonly cause: Cause; readonly attempts: number }[];
  /** How often each of the five rungs was shown, for any cause. */
  readonly hints: readonly { readonly rung: Rung; readonly name: string; readonly shown: number }[];
  /** Levels that were shown or used, ascending; `attempts` were made with it, `passed` of them passed. */
  readonly promptLevels: readonly {
    readonly level: number;
    readonly shown: number;
    readonly attempts: number;
    readonly passed: number;
  }[];
}
