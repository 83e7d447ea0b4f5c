#!/usr/bin/env node
// Starts the command line. Written in the syntax of 2009, because an old Node has to be able to read it
// in order to say that it is too old. CommonJS (see package.json beside this file) for the same reason.
"use strict";

var facts = require("../package.json");

function nodeIsOld(version) {
  var parts = version.split(".");
  var major = Number(parts[0]);
  return major < 22 || (major === 22 && Number(parts[1]) < 18);
}

function giveUp(line) {
  process.stderr.write(line + "\n");
  process.exitCode = 6;
}

function isMissing(file) {
  return !require("fs").existsSync(file);
}

function start() {
  var argv = process.argv.slice(2);
  // Answered before anything else is loaded: scripts ask for it often.
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    process.stdout.write(facts.version + "\n");
    return;
  }
  var entry = require("path").join(__dirname, "..", "dist", "cli.js");
  if (isMissing(entry)) {
    giveUp("stale-stats is not built yet: run `npm run build` in " + require("path").dirname(__dirname) + ".");
    return;
  }
  require("module").enableCompileCache();
  // Asked at every press of Tab, so it has an entry of its own.
  if (argv[0] === "complete" && argv[1] === "--") {
    require(require("path").join(__dirname, "..", "dist", "complete.js")).complete(
      argv.slice(2),
      require("path").dirname(__dirname),
    );
    return;
  }
  require(entry)
    .main(argv)
    .then(function (code) {
      process.exitCode = code;
    });
}

if (nodeIsOld(process.versions.node)) {
  giveUp(
    "stale-stats needs Node 22.18 or newer, this is " +
      process.versions.node +
      ": install a newer one from https://nodejs.org, or run it with `npx node@24 <this command>`.",
  );
} else {
  start();
}
