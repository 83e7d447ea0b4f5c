/** By which a chart is known to be one of ours. */
export const COMPARISON_MARK = "<!-- stale-stats compare-strategies -->";
