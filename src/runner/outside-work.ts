/**
 * Work that handlers hand to the system and that comes back in real time: a hash, a key, a text packed. It takes no
 * step, so whoever plays a world must let it end before anything else happens, or chance would decide who is first.
 * Replaces the functions that begin such work, for good: only for processes that exist to run handlers. (Hooks on all
 * that is asynchronous would see more, and cost a tenth of an exploration.)
 */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import zlib from "node:zlib";
import { actorStorage } from "./actor-context.ts";
import { replaceMembers } from "./replace-members.ts";

export interface OutsideWork {
  /** Something that a request of the service has begun is not done. */
  isUnderWay(): boolean;
}

type Work = (this: unknown, ...args: unknown[]) => unknown;

const TAKE_CALLBACKS: readonly (readonly [object, readonly string[]])[] = [
  [crypto, ["pbkdf2", "scrypt", "hkdf", "argon2", "generateKey", "generateKeyPair", "sign", "verify"]],
  [zlib, ["gzip", "gunzip", "unzip", "deflate", "inflate", "deflateRaw", "inflateRaw"]],
  [zlib, ["brotliCompress", "brotliDecompress", "zstdCompress", "zstdDecompress"]],
];

/** Call once in the life of a process. */
export function watchOutsideWork(): OutsideWork {
  let underWay = 0;
  const begin = (): (() => void) => {
    let ends = actorStorage.getStore() === undefined ? 0 : 1;
    underWay += ends;
    return () => {
      underWay -= ends;
      ends = 0;
    };
  };
  const subtle = Object.getPrototypeOf(crypto.webcrypto.subtle) as object;
  const promising = Object.getOwnPropertyNames(subtle).filter((name) => name !== "constructor");
  replace(subtle, promising, (work) => counted(work, begin));
  for (const [target, names] of TAKE_CALLBACKS) replace(target, names, (work) => countedBack(work, begin));
  syncBuiltinESMExports();
  return { isUnderWay: () => underWay > 0 };
}

/** With everything that hangs on the function: `promisify` looks there. */
function replace(target: object, names: readonly string[], wrap: (work: Work) => Work): void {
  for (const name of names) {
    const work: unknown = Reflect.get(target, name);
    if (typeof work !== "function") continue; // this Node does not have it
    const wrapped = Object.defineProperties(wrap(work as Work), Object.getOwnPropertyDescriptors(work));
    replaceMembers(target, { [name]: wrapped });
  }
}

function counted(work: Work, begin: () => () => void): Work {
  return function promising(this: unknown, ...args) {
    const begun = Reflect.apply(work, this, args);
    if (begun instanceof Promise) {
      const end = begin();
      begun.then(end, end);
    }
    return begun;
  };
}

function countedBack(work: Work, begin: () => () => void): Work {
  return function takingCallback(this: unknown, ...args) {
    const callback = args.at(-1);
    if (typeof callback !== "function") return Reflect.apply(work, this, args); // it answers at once
    const end = begin();
    const tell = (...told: unknown[]): unknown => {
      end();
      return Reflect.apply(callback, undefined, told) as unknown;
    };
    try {
      return Reflect.apply(work, this, [...args.slice(0, -1), tell]);
    } catch (error) {
      end();
      throw error;
    }
  };
}
