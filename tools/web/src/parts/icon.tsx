/** Strokes on a 24 × 24 field, drawn for this page. */
const PATHS = {
	now: 'M13 3 5 13.5h6L10 21l9-11h-6.5z',
	history: 'M5 20V11M12 20V4M19 20v-6',
	setup: 'M12 5v14M5 12h14',
	log: 'M5 6h14M5 12h14M5 18h8',
	settings: 'M4 7h9m4 0h3M4 17h3m4 0h9M13 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM7 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0z',
	telegram: 'M8 5 3 12l5 7M16 5l5 7-5 7M13.5 5l-3 14',
	down: 'M12 4v16m0 0-7-7m7 7 7-7',
	up: 'M12 20V4m0 0-7 7m7-7 7 7',
	left: 'M15 5l-7 7 7 7',
	right: 'M9 5l7 7-7 7',
	warning: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.2',
	gas: 'M12 3c1 3.5 5.5 5.5 5.5 10.5a5.5 5.5 0 0 1-11 0C6.500 11 8 9.500 9 8c.5 1.500 1 2 2 2.500C11 8 11 5.500 12 3z',
	water: 'M12 3.500c3 4 6 6.800 6 10.500a6 6 0 0 1-12 0c0-3.700 3-6.500 6-10.500z',
	heat: 'M7 20c-2.500-3 2.500-5 0-8.500S9.500 6.500 7 3.500M12 20c-2.500-3 2.500-5 0-8.500s2.500-5 0-8M17 20c-2.500-3 2.500-5 0-8.500s2.500-5 0-8',
	meter: 'M4 12a8 8 0 1 1 16 0v6.500a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 4 18.500zM12 12l3.500-3.500',
	download: 'M12 4v11m0 0-4.500-4.500M12 15l4.500-4.500M5 20h14',
	check: 'M5 12.500 10 17.500 19.500 7',
	close: 'M6 6l12 12M18 6 6 18',
	key: 'M3.500 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0zM11.500 12h9M20.500 12v3.500M16.500 12v2.500',
} as const

export type IconName = keyof typeof PATHS

/** An icon, hidden from screen readers: a word stands beside it, or the button around it has a label. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
	return (
		<svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
			<path d={PATHS[name]} />
		</svg>
	)
}
