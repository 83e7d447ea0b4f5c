/** Sends orders to the service, and gives what it said against one; what an order changes comes back as frames. */
import type { ControlOrder } from "../vocabulary.ts";

export interface Refusal {
  readonly message: string;
  readonly hint: string;
  /** The token is not, or no longer, the service's. */
  readonly unknownToken: boolean;
}

/** A title, and steps in order; `html` was made safe by the service. */
export interface Guide {
  readonly title: string;
  readonly steps: readonly GuideStep[];
}

export interface GuideStep {
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  readonly html: string;
}

const UNREACHABLE: Refusal = {
  message: "The service does not answer.",
  hint: "Look whether it still runs in its terminal.",
  unknownToken: false,
};

/** null: done. */
export async function send({ kind, ...rest }: ControlOrder, token: string): Promise<Refusal | null> {
  const answer = await ask(`/api/${kind}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(rest),
  });
  if (answer === null) return UNREACHABLE;
  return answer.ok ? null : refusalIn(answer);
}

/** null: the service does not give it. */
export async function fetchGuide(token: string): Promise<Guide | null> {
  const answer = await ask("/api/guide", { headers: { authorization: `Bearer ${token}` } });
  if (answer === null || !answer.ok) return null;
  return (await answer.json()) as Guide;
}

async function ask(address: string, options: RequestInit): Promise<Response | null> {
  try {
    return await fetch(address, options);
  } catch {
    return null;
  }
}

async function refusalIn(answer: Response): Promise<Refusal> {
  const unknownToken = answer.status === 401;
  try {
    const { error } = (await answer.json()) as { error: { message: string; hint: string } };
    return { ...error, unknownToken };
  } catch {
    return { message: `The service answered ${answer.status}.`, hint: "Its terminal may say why.", unknownToken };
  }
}
