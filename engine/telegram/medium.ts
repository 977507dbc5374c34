/** The medium of a device, by its code in M-Bus headers and in 0-n:24.1.0 (EN 13757-3, table 13 "device types"): name, and A of its OBIS codes. */
const media: Record<number, { name: string; a?: number }> = {
	0: { name: 'other' },
	1: { name: 'oil' },
	2: { name: 'electricity', a: 1 },
	3: { name: 'gas', a: 7 },
	4: { name: 'heat', a: 6 },
	5: { name: 'steam' },
	6: { name: 'warm water', a: 9 },
	7: { name: 'water', a: 8 },
	8: { name: 'heat cost', a: 4 },
	9: { name: 'compressed air' },
	10: { name: 'cooling', a: 5 },
	11: { name: 'cooling', a: 5 },
	12: { name: 'heat', a: 6 },
	13: { name: 'heat and cooling', a: 6 },
	14: { name: 'bus' },
	21: { name: 'hot water', a: 9 },
	22: { name: 'cold water', a: 8 },
	40: { name: 'waste water' },
}

/** The name of a device type, `unknown` for codes that the table leaves out. */
export function mediumName(code: number): string {
	return media[code]?.name ?? 'unknown'
}

/** A of the OBIS codes of a device type (IEC 62056-61 and EN 13757-1); undefined where it has none. */
export function mediumGroup(code: number): number | undefined {
	return media[code]?.a
}
