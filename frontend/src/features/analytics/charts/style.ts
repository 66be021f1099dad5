/** Horizontal grid only, no tick lines, no motion. */
export const quiet = { h: '100%', tickLine: 'none', gridAxis: 'x', yAxisProps: { width: 38, allowDecimals: false } } as const;
