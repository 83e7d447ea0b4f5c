/** Every cause in plain words, for somebody who meets it for the first time. No scenario's names appear here. */
import type { Cause } from "../vocabulary.ts";
import { BREAKDOWN_WORDS, type CauseWords } from "./verdict-breakdowns.ts";

export const CAUSE_WORDS: Readonly<Record<Cause, CauseWords>> = {
  "never-invalidated": {
    title: "the write never tells the cache",
    means: "The rows change, but the cached answer made from them stays until it expires.",
    change: "After the rows are written, await the deletion of the key that the read uses.",
  },
  "only-some-requests": {
    title: "only some writes tell the cache",
    means: "One write clears the cached answer, another one that changes the same answer does not.",
    change: "Find every path that changes these rows and let each of them invalidate.",
  },
  "dependent-view-forgotten": {
    title: "the write forgets one of the answers made from its rows",
    means: "What it changed is part of more than one cached answer; it clears some of them, and this one stays.",
    change: "Find every read that shows these rows, lists and totals included, and let the write invalidate each.",
  },
  "external-write-unseen": {
    title: "nobody tells the cache of a write that comes from elsewhere",
    means: "Another program changed the rows. None of the handlers was asked, so none could invalidate anything.",
    change:
      "Let the database say what has changed, in a table that triggers fill, and let a job invalidate what it reads there.",
  },
  "invalidation-lost-in-crash": {
    title: "an invalidation is lost when the process dies",
    means:
      "The rows are committed, the process ends before it has told the cache, and nothing remembers that it had to.",
    change:
      "Write down what is to be told in the transaction that changes the rows, and cross it out only after the cache was told.",
  },
  "staleness-unbounded": {
    title: "nothing ends an old answer that nobody was told of",
    means:
      "When every message is lost, only a time to live is left, and here it never comes or is put off by each read.",
    change: "Give every entry a time to live when it is stored, no longer than you can bear, and do not renew it.",
  },
  "wrong-key": {
    title: "the write invalidates another key than the one that is read",
    means: "The cache is told, but under another name, so the answer that is served stays as it was.",
    change: "Spell the key in the write exactly as in the read; best, build it in one function that both call.",
  },
  "key-not-unique": {
    title: "two different questions share one key",
    broken: "A read is served the answer to another question",
    means: "Whoever asks first fills the entry, and whoever asks the other question is served an answer to the first.",
    change: "Build the key from everything that the answer depends on, whole and with something in between.",
  },
  "etag-unchanged": {
    title: "the answer has changed and its ETag has not",
    means:
      "A client that asks again with the tag it was given is told 304, not modified, and goes on with the old answer for as long as the tag stays.",
    change:
      "Make the tag out of what it stands for: a digest of the answer, or a version that every change of it moves on. A tag that lies in the cache is one more entry to invalidate.",
  },
  "invalidated-before-write": {
    title: "the cache is told before the rows are written",
    means: "A read that comes between the two finds the cache empty, reads the old rows, and stores them again.",
    change: "Move the invalidation below the last statement that writes.",
  },
  "invalidated-before-commit": {
    title: "the cache is told before the transaction is committed",
    means: "Until the commit, others still see the old rows: a read that comes now stores them again.",
    change: "Move the invalidation out of the transaction, below the line that awaits it.",
  },
  "delete-not-awaited": {
    title: "the answer leaves before the cache has been told",
    means: "The invalidation is started but nobody waits for it, so the next read can still hit the old entry.",
    change: "Await the invalidation before the handler returns; a function in between must hand its promise on.",
  },
  "set-not-awaited": {
    title: "the answer leaves before what it stores lies in the cache",
    means: "The set is started but nobody waits for it, so it may come after a write that has cleaned up already.",
    change: "Await the set before the handler returns; a function in between must hand its promise on.",
  },
  "cleared-everything": {
    title: "the write throws the whole cache away",
    means: "Answers that were still right are lost too, and each must be computed again at full cost.",
    change: "Invalidate only the keys whose answer this write changes.",
  },
  "cache-bypassed": {
    title: "the cache is not used any more",
    means: "The same question is computed anew each time, which is the cost that the cache is there to avoid.",
    change: "Keep both halves in the read: serve what is cached, and store what was computed.",
  },
  "ttl-shortened": {
    title: "the cached answer expires too soon",
    means:
      "A short life hides the stale answer instead of curing it: it is still served until then, and computed more often.",
    change: "Put the time to live back (Keyv counts in milliseconds) and invalidate on write.",
  },
  "value-patched": {
    title: "the write stores a value that was never true",
    means: "The cached answer is edited or put together by hand, and what comes out is in no state of the database.",
    change: "Delete the entry, or recompute it from the database after the write.",
  },
  "write-through-race": {
    title: "a write stores an answer that is out of date by then",
    means:
      "It was true when it was computed, but rows changed before it was stored: by this write itself or by another.",
    change:
      "Compute it after the last row is written; and as another write can still come in between, delete instead of storing, or store under a version that an older write cannot overwrite.",
  },
  "stale-set-race": {
    title: "a slow read stores an old answer after the write has cleared it",
    means:
      "The read loaded its rows before the write, and its set comes after the write's delete, which therefore cleared nothing.",
    change:
      "Make the late set harmless: keep a number beside the entry that every write raises; a read takes it before it loads its rows, and makes it part of the key. What it stores late then lies where nobody looks. A version or a lease does the same.",
  },
  "torn-read": {
    title: "a read puts together what was true at different times",
    means: "It asks the database more than once; a write between two queries makes an answer that was never true.",
    change: "Load what belongs together in one statement, or in one transaction around all of them.",
  },
  "module-state": {
    title: "the handlers rely on what they keep in a variable",
    means:
      "An answer, a counter or a lock lies outside the functions. Every process has its own and none sees another's; and what clears the cache does not clear it.",
    change: "Keep what must be shared where all processes look: in the cache or the database.",
  },
  "response-hard-coded": {
    title: "the answer does not come from the data",
    means: "Neither the database nor the cache produced this value: the code holds it.",
    change: "Compute the answer from the rows again.",
  },
  "write-not-recorded": {
    title: "a write is acknowledged, but its rows are missing",
    means: "The client is told that it worked, and the database does not hold what was promised.",
    change: "Put back every statement of the shipped handler, and await each of them.",
  },
  "contract-changed": {
    title: "the service does something else than before",
    means: "A status, a body or a row differs from what clients rely on; a fix must not change that.",
    change: "Compare with the shipped handlers, and touch only what the cache needs.",
  },
  "outage-not-tolerated": {
    title: "nothing stands between a broken cache and the answer",
    means: "The cache only saves time: without it, answers must be slower but right.",
    change: "Catch what the cache throws, bound how long you wait for it, and go on with the database.",
  },
  ...BREAKDOWN_WORDS,
};
