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
	 * Active power, import plus export
	 */
	power_absolute?: number
	/**
	 * Active power, import plus export, phase L1
	 */
	power_absolute_l1?: number
	/**
	 * Active power, import plus export, phase L2
	 */
	power_absolute_l2?: number
	/**
	 * Active power, import plus export, phase L3
	 */
	power_absolute_l3?: number
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
	 * Reactive power, quadrant 1
	 */
	reactive_power_q1?: number
	/**
	 * Reactive power, quadrant 2
	 */
	reactive_power_q2?: number
	/**
	 * Reactive power, quadrant 3
	 */
	reactive_power_q3?: number
	/**
	 * Reactive power, quadrant 4
	 */
	reactive_power_q4?: number
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
	 * Active energy from the grid, tariff 5
	 */
	energy_import_t5?: number
	/**
	 * Active energy from the grid, tariff 6
	 */
	energy_import_t6?: number
	/**
	 * Active energy from the grid, tariff 7
	 */
	energy_import_t7?: number
	/**
	 * Active energy from the grid, tariff 8
	 */
	energy_import_t8?: number
	/**
	 * Active energy from the grid, tariff 9
	 */
	energy_import_t9?: number
	/**
	 * Active energy from the grid, tariff 10
	 */
	energy_import_t10?: number
	/**
	 * Active energy from the grid, tariff 11
	 */
	energy_import_t11?: number
	/**
	 * Active energy from the grid, tariff 12
	 */
	energy_import_t12?: number
	/**
	 * Active energy from the grid, tariff 13
	 */
	energy_import_t13?: number
	/**
	 * Active energy from the grid, tariff 14
	 */
	energy_import_t14?: number
	/**
	 * Active energy from the grid, tariff 15
	 */
	energy_import_t15?: number
	/**
	 * Active energy from the grid, tariff 16
	 */
	energy_import_t16?: number
	/**
	 * Active energy from the grid, tariff 17
	 */
	energy_import_t17?: number
	/**
	 * Active energy from the grid, tariff 18
	 */
	energy_import_t18?: number
	/**
	 * Active energy from the grid, tariff 19
	 */
	energy_import_t19?: number
	/**
	 * Active energy from the grid, tariff 20
	 */
	energy_import_t20?: number
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
	 * Active energy from the grid, last interval of the load profile
	 */
	energy_import_interval?: number
	/**
	 * When the last interval of active energy from the grid ended
	 */
	energy_import_interval_time?: string
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
	 * Active energy to the grid, tariff 5
	 */
	energy_export_t5?: number
	/**
	 * Active energy to the grid, tariff 6
	 */
	energy_export_t6?: number
	/**
	 * Active energy to the grid, tariff 7
	 */
	energy_export_t7?: number
	/**
	 * Active energy to the grid, tariff 8
	 */
	energy_export_t8?: number
	/**
	 * Active energy to the grid, tariff 9
	 */
	energy_export_t9?: number
	/**
	 * Active energy to the grid, tariff 10
	 */
	energy_export_t10?: number
	/**
	 * Active energy to the grid, tariff 11
	 */
	energy_export_t11?: number
	/**
	 * Active energy to the grid, tariff 12
	 */
	energy_export_t12?: number
	/**
	 * Active energy to the grid, tariff 13
	 */
	energy_export_t13?: number
	/**
	 * Active energy to the grid, tariff 14
	 */
	energy_export_t14?: number
	/**
	 * Active energy to the grid, tariff 15
	 */
	energy_export_t15?: number
	/**
	 * Active energy to the grid, tariff 16
	 */
	energy_export_t16?: number
	/**
	 * Active energy to the grid, tariff 17
	 */
	energy_export_t17?: number
	/**
	 * Active energy to the grid, tariff 18
	 */
	energy_export_t18?: number
	/**
	 * Active energy to the grid, tariff 19
	 */
	energy_export_t19?: number
	/**
	 * Active energy to the grid, tariff 20
	 */
	energy_export_t20?: number
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
	 * Active energy to the grid, last interval of the load profile
	 */
	energy_export_interval?: number
	/**
	 * When the last interval of active energy to the grid ended
	 */
	energy_export_interval_time?: string
	/**
	 * Active energy, import plus export
	 */
	energy_absolute?: number
	/**
	 * Active energy, import plus export, tariff 1
	 */
	energy_absolute_t1?: number
	/**
	 * Active energy, import plus export, tariff 2
	 */
	energy_absolute_t2?: number
	/**
	 * Active energy, import plus export, tariff 3
	 */
	energy_absolute_t3?: number
	/**
	 * Active energy, import plus export, tariff 4
	 */
	energy_absolute_t4?: number
	/**
	 * Active energy, import plus export, tariff 5
	 */
	energy_absolute_t5?: number
	/**
	 * Active energy, import plus export, tariff 6
	 */
	energy_absolute_t6?: number
	/**
	 * Active energy, import plus export, tariff 7
	 */
	energy_absolute_t7?: number
	/**
	 * Active energy, import plus export, tariff 8
	 */
	energy_absolute_t8?: number
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
	 * Reactive energy, import, tariff 5
	 */
	reactive_energy_import_t5?: number
	/**
	 * Reactive energy, import, tariff 6
	 */
	reactive_energy_import_t6?: number
	/**
	 * Reactive energy, import, tariff 7
	 */
	reactive_energy_import_t7?: number
	/**
	 * Reactive energy, import, tariff 8
	 */
	reactive_energy_import_t8?: number
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
	 * Reactive energy, export, tariff 5
	 */
	reactive_energy_export_t5?: number
	/**
	 * Reactive energy, export, tariff 6
	 */
	reactive_energy_export_t6?: number
	/**
	 * Reactive energy, export, tariff 7
	 */
	reactive_energy_export_t7?: number
	/**
	 * Reactive energy, export, tariff 8
	 */
	reactive_energy_export_t8?: number
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
	 * Reactive energy, quadrant 1, tariff 5
	 */
	reactive_energy_q1_t5?: number
	/**
	 * Reactive energy, quadrant 1, tariff 6
	 */
	reactive_energy_q1_t6?: number
	/**
	 * Reactive energy, quadrant 1, tariff 7
	 */
	reactive_energy_q1_t7?: number
	/**
	 * Reactive energy, quadrant 1, tariff 8
	 */
	reactive_energy_q1_t8?: number
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
	 * Reactive energy, quadrant 2, tariff 5
	 */
	reactive_energy_q2_t5?: number
	/**
	 * Reactive energy, quadrant 2, tariff 6
	 */
	reactive_energy_q2_t6?: number
	/**
	 * Reactive energy, quadrant 2, tariff 7
	 */
	reactive_energy_q2_t7?: number
	/**
	 * Reactive energy, quadrant 2, tariff 8
	 */
	reactive_energy_q2_t8?: number
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
	 * Reactive energy, quadrant 3, tariff 5
	 */
	reactive_energy_q3_t5?: number
	/**
	 * Reactive energy, quadrant 3, tariff 6
	 */
	reactive_energy_q3_t6?: number
	/**
	 * Reactive energy, quadrant 3, tariff 7
	 */
	reactive_energy_q3_t7?: number
	/**
	 * Reactive energy, quadrant 3, tariff 8
	 */
	reactive_energy_q3_t8?: number
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
	 * Reactive energy, quadrant 4, tariff 5
	 */
	reactive_energy_q4_t5?: number
	/**
	 * Reactive energy, quadrant 4, tariff 6
	 */
	reactive_energy_q4_t6?: number
	/**
	 * Reactive energy, quadrant 4, tariff 7
	 */
	reactive_energy_q4_t7?: number
	/**
	 * Reactive energy, quadrant 4, tariff 8
	 */
	reactive_energy_q4_t8?: number
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
	 * Voltage between phases L1 and L2
	 */
	voltage_l1_l2?: number
	/**
	 * Voltage between phases L2 and L3
	 */
	voltage_l2_l3?: number
	/**
	 * Voltage between phases L3 and L1
	 */
	voltage_l3_l1?: number
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
	 * Highest average active power from the grid, last month
	 */
	power_import_max_m1?: number
	/**
	 * When highest average active power from the grid, last month, was reached
	 */
	power_import_max_m1_time?: string
	/**
	 * Highest average active power from the grid, 2 months ago
	 */
	power_import_max_m2?: number
	/**
	 * When highest average active power from the grid, 2 months ago, was reached
	 */
	power_import_max_m2_time?: string
	/**
	 * Highest average active power from the grid, 3 months ago
	 */
	power_import_max_m3?: number
	/**
	 * When highest average active power from the grid, 3 months ago, was reached
	 */
	power_import_max_m3_time?: string
	/**
	 * Highest average active power from the grid, 4 months ago
	 */
	power_import_max_m4?: number
	/**
	 * When highest average active power from the grid, 4 months ago, was reached
	 */
	power_import_max_m4_time?: string
	/**
	 * Highest average active power from the grid, 5 months ago
	 */
	power_import_max_m5?: number
	/**
	 * When highest average active power from the grid, 5 months ago, was reached
	 */
	power_import_max_m5_time?: string
	/**
	 * Highest average active power from the grid, 6 months ago
	 */
	power_import_max_m6?: number
	/**
	 * When highest average active power from the grid, 6 months ago, was reached
	 */
	power_import_max_m6_time?: string
	/**
	 * Highest average active power from the grid, 7 months ago
	 */
	power_import_max_m7?: number
	/**
	 * When highest average active power from the grid, 7 months ago, was reached
	 */
	power_import_max_m7_time?: string
	/**
	 * Highest average active power from the grid, 8 months ago
	 */
	power_import_max_m8?: number
	/**
	 * When highest average active power from the grid, 8 months ago, was reached
	 */
	power_import_max_m8_time?: string
	/**
	 * Highest average active power from the grid, 9 months ago
	 */
	power_import_max_m9?: number
	/**
	 * When highest average active power from the grid, 9 months ago, was reached
	 */
	power_import_max_m9_time?: string
	/**
	 * Highest average active power from the grid, 10 months ago
	 */
	power_import_max_m10?: number
	/**
	 * When highest average active power from the grid, 10 months ago, was reached
	 */
	power_import_max_m10_time?: string
	/**
	 * Highest average active power from the grid, 11 months ago
	 */
	power_import_max_m11?: number
	/**
	 * When highest average active power from the grid, 11 months ago, was reached
	 */
	power_import_max_m11_time?: string
	/**
	 * Highest average active power from the grid, 12 months ago
	 */
	power_import_max_m12?: number
	/**
	 * When highest average active power from the grid, 12 months ago, was reached
	 */
	power_import_max_m12_time?: string
	/**
	 * Highest average active power from the grid, 13 months ago
	 */
	power_import_max_m13?: number
	/**
	 * When highest average active power from the grid, 13 months ago, was reached
	 */
	power_import_max_m13_time?: string
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
	 * Tariff in force, as a number
	 */
	tariff_index?: number
	/**
	 * Breaker: connected, disconnected, or ready for reconnection
	 */
	breaker_state?: string
	/**
	 * Active power above which the limiter switches off
	 */
	power_limit?: number
	/**
	 * Apparent power above which the limiter switches off
	 */
	apparent_power_limit?: number
	/**
	 * Current above which the breaker switches off
	 */
	current_limit?: number
	/**
	 * Power failures in any phase
	 */
	power_failures?: number
	/**
	 * Power failures in all phases at once
	 */
	power_failures_all_phases?: number
	/**
	 * Power failures, phase L1
	 */
	power_failures_l1?: number
	/**
	 * Power failures, phase L2
	 */
	power_failures_l2?: number
	/**
	 * Power failures, phase L3
	 */
	power_failures_l3?: number
	/**
	 * Long power failures in any phase
	 */
	power_failures_long?: number
	/**
	 * Long power failures in all phases at once
	 */
	power_failures_long_all_phases?: number
	/**
	 * Voltage sags, phase L1
	 */
	voltage_sags_l1?: number
	/**
	 * Voltage sags, phase L2
	 */
	voltage_sags_l2?: number
	/**
	 * Voltage sags, phase L3
	 */
	voltage_sags_l3?: number
	/**
	 * Voltage swells, phase L1
	 */
	voltage_swells_l1?: number
	/**
	 * Voltage swells, phase L2
	 */
	voltage_swells_l2?: number
	/**
	 * Voltage swells, phase L3
	 */
	voltage_swells_l3?: number
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
			 * Volume
			 */
			volume?: number
			/**
			 * Energy
			 */
			energy?: number
			/**
			 * Power
			 */
			power?: number
			/**
			 * Flow
			 */
			flow?: number
			/**
			 * Flow temperature
			 */
			temperature_flow?: number
			/**
			 * Return temperature
			 */
			temperature_return?: number
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
