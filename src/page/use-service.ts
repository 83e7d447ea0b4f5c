/** The service as both views use it: what was heard from it, and a way to give it orders. */
import { useEffect, useLayoutEffect, useReducer, useState } from "preact/hooks";
import type { ControlOrder, LiveState } from "../vocabulary.ts";
import { dropToken, takeToken } from "./access.ts";
import { connect } from "./connect.ts";
import { timeLeft } from "./entry.tsx";
import { after, type Message, type Model, NOTHING_YET } from "./model.ts";
import { paced } from "./pace.ts";
import { type Notice, noticesFor } from "./notices.ts";
import { type Refusal, send } from "./orders.ts";
import { usePageTime } from "./page-clock.ts";

export interface Service {
  readonly model: Model;
  /** null: nothing was heard yet. */
  readonly state: LiveState | null;
  /** Milliseconds since `state` was told. */
  readonly since: number;
  /** null: the page may only look. */
  readonly token: string | null;
  readonly notices: readonly Notice[];
  order(order: ControlOrder): void;
  dismiss(): void;
}

function useModel(): Model {
  const [model, hear] = useReducer(afterAll, NOTHING_YET);
  // Before the first picture rather than after it: the sooner it is asked, the sooner there is something to show.
  useLayoutEffect(() => {
    const pacer = paced(hear);
    const disconnect = connect((message) =>
      message.kind === "frame" ? pacer.take(message) : pacer.takeAtOnce(message),
    );
    return () => {
      disconnect();
      pacer.stop();
    };
  }, []);
  return model;
}

/** Told together, they are shown together. */
function afterAll(model: Model, messages: readonly Message[]): Model {
  return messages.reduce(after, model);
}

export function useService(): Service {
  const model = useModel();
  const [token, setToken] = useState(takeToken);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const pageTime = usePageTime();

  useEffect(() => {
    // The printed link may be opened again in a tab that is here already.
    const take = (): void => setToken(takeToken());
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);

  const state = model.known?.state ?? null;
  const since = Math.max(0, pageTime - (model.known?.receivedAt ?? pageTime));
  const left = timeLeft(state?.entry ?? null, since);
  return {
    model,
    state,
    since,
    token,
    notices: noticesFor({ model, mayControl: token !== null, refusal, left }),
    order: (order) => {
      if (token !== null) send(order, token).then(settle, settle);
    },
    dismiss: () => setRefusal(null),
  };

  function settle(answer: Refusal | null): void {
    setRefusal(answer);
    if (answer?.unknownToken !== true) return;
    dropToken();
    setToken(null);
  }
}
