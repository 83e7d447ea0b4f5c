/**
 * Handlers in children of their own, one per app instance: parent side of the pipe. The world stays here; a child only
 * gets replies and reports what its handlers ask for, so that whatever it claims is no more than a handler could do.
 *
 * Worlds may be played side by side, each in a lane of its own: a message to another process costs a hundred times what
 * a step costs, and one message carries what all lanes have to say. All lanes go one step, then all go the next: the
 * same worlds meet in the same order each time.
 */
import { nextTick } from "node:process";
import { checkActivity } from "./checked-activity.ts";
import type { Activity, Host } from "./effect.ts";
import type { HandlerProcess } from "./handler-process.ts";
import { Channel, type Watch } from "./remote-channel.ts";
import { join, Lane, type Mode, type Side, SIDES } from "./remote-lane.ts";

interface Waiting {
  readonly lane: Lane;
  readonly mode: Mode;
  readonly sides: readonly Side[];
  resolve(activity: Activity): void;
  reject(error: unknown): void;
}

export class RemoteHost {
  readonly #channels: readonly [Channel, Channel];
  readonly #lanes: Lane[] = [];
  #waiting: Waiting[] = [];
  /** A round is being played, or will be as soon as no lane can go on by itself. */
  #busy = false;

  constructor(children: readonly [HandlerProcess, HandlerProcess], watch: Watch) {
    this.#channels = [new Channel({ child: children[0], ...watch }), new Channel({ child: children[1], ...watch })];
  }

  /** A host for worlds that follow each other. */
  lane(): Host {
    const lane = new Lane(this.#lanes.length, (mode, sides) => this.#wait(lane, mode, sides));
    this.#lanes.push(lane);
    return lane;
  }

  #wait(lane: Lane, mode: Mode, sides: readonly Side[]): Promise<Activity> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lane, mode, sides, resolve, reject });
      this.#playSoon();
    });
  }

  /** A tick runs when the queue of microtasks is empty: whoever was answered has asked for something new by then. */
  #playSoon(): void {
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    nextTick(() => {
      this.#play(this.#waiting.splice(0)).catch(() => {}); // the lanes have heard of it
    });
  }

  async #play(round: readonly Waiting[]): Promise<void> {
    const ordered = round.toSorted((one, other) => one.lane.number - other.lane.number);
    const mode = ordered.some((waiting) => waiting.mode === "turn") ? "turn" : "rest";
    try {
      const asked = SIDES.map((side) => ordered.filter(({ sides }) => sides.includes(side)).map(({ lane }) => lane));
      const told = await Promise.all(SIDES.map((side) => this.#ask(side, asked[side] ?? [], mode)));
      const reports = ordered.map(({ lane }) => join(told.flatMap((activities) => activities.get(lane) ?? [])));
      this.#busy = false;
      ordered.forEach(({ resolve }, position) => resolve(reports[position] ?? join([])));
    } catch (error) {
      this.#busy = false;
      for (const { reject } of ordered) reject(error);
    }
    this.#playSoon();
  }

  async #ask(side: Side, lanes: readonly Lane[], mode: Mode): Promise<ReadonlyMap<Lane, Activity>> {
    if (lanes.length === 0) return new Map();
    const told = await this.#channels[side].ask(
      lanes.map((lane) => lane.takePart(side)),
      mode,
    );
    return new Map(
      lanes.map((lane, position) => [lane, checkActivity(told[position], { actors: lane.actors[side], side })]),
    );
  }
}
