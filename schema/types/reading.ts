/* Generated from schema/reading.schema.json by `npm run types`. Do not edit. */

/**
 * The harmonized message on `cii/<meter>/reading` and, merged over telegrams, on `cii/<meter>/state`. SI base units. Values that the telegram did not carry are absent.
 */
export interface Reading {
	/**
	 * Name and major version of this schema.
	 */
	schema: 'cii.reading/1'
	/**
	 * The meter's name in the config.
	 */
	meter: string
	/**
	 * The meter's own id; where it sends none, the config's `id` or `name`.
	 */
	id: string
	/**
	 * Time of the values, with offset.
	 */
	time: string
	/**
	 * `meter`: its clock; `telegram`: the notification's or adapter's message's own time; `gateway`: when the bytes arrived.
	 */
	time_source: 'meter' | 'telegram' | 'gateway'
	/**
	 * Time of the meter's clock, where it is too far from the time of arrival to be `time` (then `time_source` is `gateway`).
	 */
	meter_time?: string
	/**
	 * State of the meter's clock, as the meter says; absent when it says nothing.
	 */
	time_quality?: 'invalid' | 'doubtful'
	/**
	 * When the bytes arrived.
	 */
	received: string
	/**
	 * Start of the process that received the bytes.
	 */
	session: string
	/**
	 * Count of this meter's readings in this session.
	 */
	seq: number
	/**
	 * `none`: sent in clear; `verified`: the GCM tag is right; `unverified`: decrypted without an authentication key.
	 */
	auth: 'none' | 'verified' | 'unverified'
	/**
	 * Invocation counter of a ciphered telegram.
	 */
	invocation_counter?: number
	/**
	 * Profile and version that made the reading: `ekz-e450@1.0.0`.
	 */
	profile: string
	/**
	 * Active power from the grid
	 */
	power_import?: number
	/**
	 * Active power to the grid
	 */
	power_export?: number
	/**
	 * Active power, import minus export
	 */
	power_net?: number
	/**
	 * Active power from the grid, phase L1
	 */
	power_import_l1?: number
	/**
	 * Active power from the grid, phase L2
	 */
	power_import_l2?: number
	/**
	 * Active power from the grid, phase L3
	 */
	power_import_l3?: number
	/**
	 * Active power to the grid, phase L1
	 */
	power_export_l1?: number
	/**
	 * Active power to the grid, phase L2
	 */
	power_export_l2?: number
	/**
	 * Active power to the grid, phase L3
	 */
	power_export_l3?: number
	/**
	 * Active power, import minus export, phase L1
	 */
	power_net_l1?: number
	/**
	 * Active power, import minus export, phase L2
	 */
	power_net_l2?: number
	/**
	 * Active power, import minus export, phase L3
	 */
	power_net_l3?: number
	/**
	 * Reactive power, import
	 */
	reactive_power_import?: number
	/**
	 * Reactive power, import, phase L1
	 */
	reactive_power_import_l1?: number
	/**
	 * Reactive power, import, phase L2
	 */
	reactive_power_import_l2?: number
	/**
	 * Reactive power, import, phase L3
	 */
	reactive_power_import_l3?: number
	/**
	 * Reactive power, export
	 */
	reactive_power_export?: number
	/**
	 * Reactive power, export, phase L1
	 */
	reactive_power_export_l1?: number
	/**
	 * Reactive power, export, phase L2
	 */
	reactive_power_export_l2?: number
	/**
	 * Reactive power, export, phase L3
	 */
	reactive_power_export_l3?: number
	/**
	 * Apparent power, import
	 */
	apparent_power_import?: number
	/**
	 * Apparent power, import, phase L1
	 */
	apparent_power_import_l1?: number
	/**
	 * Apparent power, import, phase L2
	 */
	apparent_power_import_l2?: number
	/**
	 * Apparent power, import, phase L3
	 */
	apparent_power_import_l3?: number
	/**
	 * Apparent power, export
	 */
	apparent_power_export?: number
	/**
	 * Apparent power, export, phase L1
	 */
	apparent_power_export_l1?: number
	/**
	 * Apparent power, export, phase L2
	 */
	apparent_power_export_l2?: number
	/**
	 * Apparent power, export, phase L3
	 */
	apparent_power_export_l3?: number
	/**
	 * Active energy from the grid
	 */
	energy_import?: number
	/**
	 * Active energy from the grid, tariff 1
	 */
	energy_import_t1?: number
	/**
	 * Active energy from the grid, tariff 2
	 */
	energy_import_t2?: number
	/**
	 * Active energy from the grid, tariff 3
	 */
	energy_import_t3?: number
	/**
	 * Active energy from the grid, tariff 4
	 */
	energy_import_t4?: number
	/**
	 * Active energy from the grid, phase L1
	 */
	energy_import_l1?: number
	/**
	 * Active energy from the grid, phase L2
	 */
	energy_import_l2?: number
	/**
	 * Active energy from the grid, phase L3
	 */
	energy_import_l3?: number
	/**
	 * Active energy to the grid
	 */
	energy_export?: number
	/**
	 * Active energy to the grid, tariff 1
	 */
	energy_export_t1?: number
	/**
	 * Active energy to the grid, tariff 2
	 */
	energy_export_t2?: number
	/**
	 * Active energy to the grid, tariff 3
	 */
	energy_export_t3?: number
	/**
	 * Active energy to the grid, tariff 4
	 */
	energy_export_t4?: number
	/**
	 * Active energy to the grid, phase L1
	 */
	energy_export_l1?: number
	/**
	 * Active energy to the grid, phase L2
	 */
	energy_export_l2?: number
	/**
	 * Active energy to the grid, phase L3
	 */
	energy_export_l3?: number
	/**
	 * Reactive energy, import
	 */
	reactive_energy_import?: number
	/**
	 * Reactive energy, import, tariff 1
	 */
	reactive_energy_import_t1?: number
	/**
	 * Reactive energy, import, tariff 2
	 */
	reactive_energy_import_t2?: number
	/**
	 * Reactive energy, import, tariff 3
	 */
	reactive_energy_import_t3?: number
	/**
	 * Reactive energy, import, tariff 4
	 */
	reactive_energy_import_t4?: number
	/**
	 * Reactive energy, export
	 */
	reactive_energy_export?: number
	/**
	 * Reactive energy, export, tariff 1
	 */
	reactive_energy_export_t1?: number
	/**
	 * Reactive energy, export, tariff 2
	 */
	reactive_energy_export_t2?: number
	/**
	 * Reactive energy, export, tariff 3
	 */
	reactive_energy_export_t3?: number
	/**
	 * Reactive energy, export, tariff 4
	 */
	reactive_energy_export_t4?: number
	/**
	 * Reactive energy, quadrant 1
	 */
	reactive_energy_q1?: number
	/**
	 * Reactive energy, quadrant 1, tariff 1
	 */
	reactive_energy_q1_t1?: number
	/**
	 * Reactive energy, quadrant 1, tariff 2
	 */
	reactive_energy_q1_t2?: number
	/**
	 * Reactive energy, quadrant 1, tariff 3
	 */
	reactive_energy_q1_t3?: number
	/**
	 * Reactive energy, quadrant 1, tariff 4
	 */
	reactive_energy_q1_t4?: number
	/**
	 * Reactive energy, quadrant 2
	 */
	reactive_energy_q2?: number
	/**
	 * Reactive energy, quadrant 2, tariff 1
	 */
	reactive_energy_q2_t1?: number
	/**
	 * Reactive energy, quadrant 2, tariff 2
	 */
	reactive_energy_q2_t2?: number
	/**
	 * Reactive energy, quadrant 2, tariff 3
	 */
	reactive_energy_q2_t3?: number
	/**
	 * Reactive energy, quadrant 2, tariff 4
	 */
	reactive_energy_q2_t4?: number
	/**
	 * Reactive energy, quadrant 3
	 */
	reactive_energy_q3?: number
	/**
	 * Reactive energy, quadrant 3, tariff 1
	 */
	reactive_energy_q3_t1?: number
	/**
	 * Reactive energy, quadrant 3, tariff 2
	 */
	reactive_energy_q3_t2?: number
	/**
	 * Reactive energy, quadrant 3, tariff 3
	 */
	reactive_energy_q3_t3?: number
	/**
	 * Reactive energy, quadrant 3, tariff 4
	 */
	reactive_energy_q3_t4?: number
	/**
	 * Reactive energy, quadrant 4
	 */
	reactive_energy_q4?: number
	/**
	 * Reactive energy, quadrant 4, tariff 1
	 */
	reactive_energy_q4_t1?: number
	/**
	 * Reactive energy, quadrant 4, tariff 2
	 */
	reactive_energy_q4_t2?: number
	/**
	 * Reactive energy, quadrant 4, tariff 3
	 */
	reactive_energy_q4_t3?: number
	/**
	 * Reactive energy, quadrant 4, tariff 4
	 */
	reactive_energy_q4_t4?: number
	/**
	 * Voltage, phase L1
	 */
	voltage_l1?: number
	/**
	 * Voltage, phase L2
	 */
	voltage_l2?: number
	/**
	 * Voltage, phase L3
	 */
	voltage_l3?: number
	/**
	 * Current, phase L1
	 */
	current_l1?: number
	/**
	 * Current, phase L2
	 */
	current_l2?: number
	/**
	 * Current, phase L3
	 */
	current_l3?: number
	/**
	 * Current, neutral conductor
	 */
	current_n?: number
	/**
	 * Mains frequency
	 */
	frequency?: number
	/**
	 * Power factor
	 */
	power_factor?: number
	/**
	 * Power factor, phase L1
	 */
	power_factor_l1?: number
	/**
	 * Power factor, phase L2
	 */
	power_factor_l2?: number
	/**
	 * Power factor, phase L3
	 */
	power_factor_l3?: number
	/**
	 * Average active power from the grid, current period
	 */
	power_import_demand?: number
	/**
	 * Highest average active power from the grid
	 */
	power_import_max?: number
	/**
	 * When highest average active power from the grid was reached
	 */
	power_import_max_time?: string
	/**
	 * Highest average active power to the grid
	 */
	power_export_max?: number
	/**
	 * When highest average active power to the grid was reached
	 */
	power_export_max_time?: string
	/**
	 * Tariff in force, as the meter names it
	 */
	tariff?: string
	/**
	 * Sub-meters by channel.
	 */
	submeters?: {
		[k: string]: {
			/**
			 * The sub-meter's own id.
			 */
			id?: string
			/**
			 * Measured medium: gas, water, heat, …
			 */
			medium?: string
			/**
			 * Volume in m³.
			 */
			volume?: number
			/**
			 * Energy in Wh.
			 */
			energy?: number
			/**
			 * When the value was taken.
			 */
			time?: string
		}
	}
	/**
	 * Values that this schema has no field for yet.
	 */
	extra?: {
		[k: string]: number | string | boolean
	}
	/**
	 * In `state` only: the time of each field that is older than the last telegram.
	 */
	times?: {
		[k: string]: string
	}
	/**
	 * Fields that were left out, and why.
	 */
	issues?: {
		field: string
		code: string
		detail: string
	}[]
}
