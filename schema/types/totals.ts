/* Generated from schema/totals.schema.json by `npm run types`. Do not edit. */

/**
 * The message on `cii/<meter>/totals`, retained: sums of a meter's counters by days, months and years of its time zone. New at the end of each quarter-hour.
 */
export interface Totals {
	/**
	 * Name and major version of this schema.
	 */
	schema: 'cii.totals/1'
	/**
	 * The meter's name in the config.
	 */
	meter: string
	/**
	 * As of this time.
	 */
	time: string
	today: Sum
	yesterday?: Sum
	month: Sum
	lastMonth?: Sum
	year?: Sum
}
/**
 * Sums of a span of time.
 *
 * This interface was referenced by `Totals`'s JSON-Schema
 * via the `definition` "Sum".
 */
export interface Sum {
	/**
	 * Beginning.
	 */
	from: string
	/**
	 * End; absent while it goes on.
	 */
	to?: string
	/**
	 * Active energy from the grid
	 */
	energy_import?: number
	/**
	 * Active energy to the grid
	 */
	energy_export?: number
	/**
	 * The cost of the energy from the grid, by the config's tariffs
	 */
	cost?: number
	/**
	 * The revenue from the energy to the grid
	 */
	revenue?: number
	/**
	 * The currency of cost and revenue (ISO 4217)
	 */
	currency?: string
	/**
	 * Mean power of the quarter-hour with the most energy from the grid
	 */
	peak_import?: number
	/**
	 * When that quarter-hour began
	 */
	peak_time?: string
	/**
	 * False: a part of the time is not known, as the meter was silent, or was not yet read.
	 */
	complete: boolean
	/**
	 * Sub-meters by channel.
	 */
	submeters?: {
		[k: string]: SubmeterSum
	}
}
/**
 * This interface was referenced by `Totals`'s JSON-Schema
 * via the `definition` "SubmeterSum".
 */
export interface SubmeterSum {
	/**
	 * Volume
	 */
	volume?: number
	/**
	 * Energy
	 */
	energy?: number
	/**
	 * False: a part of the time is not known.
	 */
	complete?: false
}
