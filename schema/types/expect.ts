/* Generated from schema/profile.schema.json by `npm run types`. Do not edit. */

import type { Expectation } from './profile.ts'

/** What every profile expects of its values, unless it says otherwise. */
export const expectDefaults: Readonly<Record<string, Expectation>> = {
	"voltage_*": {"min":50,"max":480,"orZero":true},
	"frequency": {"min":45,"max":65,"orZero":true},
	"power_factor*": {"min":-1,"max":1},
	"power_import*": {"max":10000000},
	"power_export*": {"max":10000000},
	"power_net*": {"min":-10000000,"max":10000000},
	"voltage_sags_*": {"min":0},
	"voltage_swells_*": {"min":0},
	"energy_*": {"rising":true,"maxPower":60720},
	"energy_import_interval": {"rising":false},
	"energy_export_interval": {"rising":false},
	"reactive_energy_*": {"rising":true,"maxPower":60720},
	"submeters.energy": {"rising":true,"maxPower":1000000},
	"submeters.volume": {"rising":true,"maxFlow":100},
	"time": {"drift":600},
}
