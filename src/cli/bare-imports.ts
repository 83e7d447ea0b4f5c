/** Where a bare import of a handler leads: to the copies that the tool itself uses, wherever the handler lies. */
const OFFERED = /^(?:stale-stats|hono|keyv)(?:\/|$)/u;

/** The file URL for a specifier that handlers may import, or null to let Node decide. */
export function resolveBareImport(specifier: string): string | null {
  return OFFERED.test(specifier) ? import.meta.resolve(specifier) : null;
}
