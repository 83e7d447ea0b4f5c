import { expect, test } from "vitest";
import { WorkshopError } from "../../../errors.ts";
import { parseCacheAddress } from "./cache-address.ts";

const NOBODY = { username: undefined, password: undefined, prefix: null };

test.each([
  ["redis://localhost", { shown: "redis://localhost:6379/0", database: 0, socket: { host: "localhost", port: 6379 } }],
  ["redis://", { shown: "redis://127.0.0.1:6379/0", database: 0, socket: { host: "127.0.0.1", port: 6379 } }],
  [
    "redis://10.0.0.1:7000/3",
    { shown: "redis://10.0.0.1:7000/3", database: 3, socket: { host: "10.0.0.1", port: 7000 } },
  ],
  ["redis://[::1]:7000", { shown: "redis://[::1]:7000/0", database: 0, socket: { host: "::1", port: 7000 } }],
  ["redis://h?database=2", { shown: "redis://h:6379/2", database: 2, socket: { host: "h", port: 6379 } }],
  [
    "rediss://cache.example/1",
    {
      shown: "rediss://cache.example:6379/1",
      database: 1,
      socket: { host: "cache.example", port: 6379, tls: true, servername: "cache.example" },
    },
  ],
  ["unix:/run/redis.sock", { shown: "unix:/run/redis.sock", database: 0, socket: { path: "/run/redis.sock" } }],
  [
    "unix:///run/my%20redis.sock?database=4",
    { shown: "unix:/run/my redis.sock?database=4", database: 4, socket: { path: "/run/my redis.sock" } },
  ],
])("%s", (text, expected) => {
  expect(parseCacheAddress(text, "--cache")).toEqual({ ...NOBODY, ...expected });
});

test.each([
  ["redis://ada:s%40crt@h", "ada", "s@crt"],
  ["redis://:s%40crt@h", undefined, "s@crt"],
  ["rediss://h?user=ada&password=s%40crt", "ada", "s@crt"],
  ["unix:/s?user=ada&password=s%40crt", "ada", "s@crt"],
])("%s says who asks, and nobody is told", (text, username, password) => {
  const address = parseCacheAddress(text, "--cache");
  expect(address).toMatchObject({ username, password });
  expect(address.shown).not.toMatch(/ada|crt/u);
});

test("a prefix is what keys begin with", () => {
  expect(parseCacheAddress("redis://h?prefix=my.shop-1_a", "--cache").prefix).toBe("my.shop-1_a");
});

test.each([
  ["", "is not the address of a Redis"],
  ["6379", "is not the address of a Redis"],
  ["127.0.0.1:6379", "is not the address of a Redis"],
  ["http://h", "is not the address of a Redis"],
  ["topsecret:other@h", "is not the address of a Redis"],
  ["redis://h?topsecret", "has an option after ? that is none of database, password, prefix, user"],
  ["redis://h/one", "has a database that is not a whole number from 0"],
  ["redis://h/-1", "has a database that is not a whole number from 0"],
  ["redis://h/0/1", "has a database that is not a whole number from 0"],
  ["redis://h:99999", "is not the address of a Redis"],
  ["redis://h?prefx=a", "has an option after ? that is none of database, password, prefix, user"],
  [
    "redis://h?prefix=a:b",
    "has a prefix with something else than letters, digits, dots, hyphens and underscores in it",
  ],
  ["redis://h?prefix=*", "has a prefix with something else than letters, digits, dots, hyphens and underscores in it"],
  ["redis://:topsecret%zz@h", "has a % that does not stand for a character"],
  ["redis://:top#secret@h", "has a # in it: write it as %23"],
  ["redis://ada:topsecret@h/topsecret", "has a database that is not a whole number from 0"],
  ["unix:", "names no socket: unix: takes an absolute path"],
  ["unix:relative.sock", "names no socket: unix: takes an absolute path"],
  ["unix://host/socket", "names no socket: unix: takes an absolute path"],
])("%j is refused in one line that holds no secret and names what is accepted", (text, what) => {
  const refuse = (): unknown => parseCacheAddress(text, "--cache");
  expect(refuse).toThrow(WorkshopError);
  expect(refuse).toThrow(`--cache ${what}.`);
  expect(refuse).not.toThrow("secret");
});
