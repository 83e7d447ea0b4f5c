/** What an explanation starts from. Types only. */
import type { Run } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";
import type { Property, Setting } from "../properties/property.ts";

export interface ExplainOptions {
  readonly property: Property;
  readonly setting: Setting;
  readonly run: Run;
  /** Traced: keys in repairs are canonical, and places in the source are known. */
  readonly failure: Failure;
  /** Kinds of repair switched off. */
  readonly without: readonly string[];
}
