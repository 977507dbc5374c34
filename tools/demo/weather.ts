import { smooth } from './noise.ts'

/** Where the houses stand: degrees north and east. */
const [NORTH, EAST] = [47.2, 8.3]
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]
const RADIANS = Math.PI / 180
const WEATHER = 4711

/** Gives the temperature outside, in °C: by the season, the hour, and the weather of some days. `instant`: ms since 1970. */
export function temperature(instant: number): number {
	const days = instant / DAY
	const season = 10 - 9.2 * Math.cos((2 * Math.PI * (days - 19)) / 365.2425)
	const hour = 3.4 * Math.cos((2 * Math.PI * (instant / HOUR + EAST / 15 - 15)) / 24)
	return season + hour + 4.2 * smooth(WEATHER, days / 3.5) + 1.1 * smooth(WEATHER + 1, days * 6)
}

/** Gives how much of the sky is covered, 0 to 1: fair days and dull ones, more of them in winter, and clouds that pass. */
export function clouds(instant: number): number {
	const season = 0.36 + 0.13 * Math.cos((2 * Math.PI * (instant / DAY - 5)) / 365.2425)
	const slow = season + 0.42 * smooth(WEATHER + 2, instant / (1.7 * DAY)) + 0.3 * smooth(WEATHER + 3, instant / (2.6 * HOUR))
	// Single clouds pass under a sky that is neither clear nor dull.
	const passing = Math.max(0, 1 - Math.abs(2 * slow - 1)) * 0.55 * smooth(WEATHER + 4, instant / (5 * MINUTE))
	return Math.min(1, Math.max(0, slow + passing))
}

/** A roof with panels: peak power in W, tilt and direction (180: south) in degrees. */
export type Roof = { peak: number; tilt: number; azimuth: number }

/** Gives what panels deliver under a clear sky, as a share of their peak: by the height of the sun and the angle at which it meets the roof. */
export function clearSky(instant: number, { tilt, azimuth }: Roof): number {
	const days = instant / DAY - 10_957.5
	const anomaly = RADIANS * (357.53 + 0.9856 * days)
	const longitude = RADIANS * (280.46 + 0.98565 * days + 1.915 * Math.sin(anomaly))
	const declination = Math.asin(0.39778 * Math.sin(longitude))
	const equation = 229.2 * (0.000_075 - 0.0319 * Math.sin(anomaly + 0.35) - 0.0409 * Math.sin(2 * longitude)) * MINUTE
	const solar = RADIANS * (((((instant + equation) % DAY) / DAY) * 360 + EAST - 180) % 360)
	const [north, roof] = [RADIANS * NORTH, RADIANS * tilt]
	const sine = Math.sin(north) * Math.sin(declination) + Math.cos(north) * Math.cos(declination) * Math.cos(solar)
	if (sine <= 0.01) return 0
	// The sun seen from the roof: south, west and up.
	const south = Math.sin(north) * Math.cos(declination) * Math.cos(solar) - Math.cos(north) * Math.sin(declination)
	const west = Math.cos(declination) * Math.sin(solar)
	const turned = RADIANS * (azimuth - 180)
	const met = sine * Math.cos(roof) + Math.sin(roof) * (south * Math.cos(turned) + west * Math.sin(turned))
	const direct = 1.353 * 0.7 ** ((1 / sine) ** 0.678)
	return 0.88 * (Math.max(0, met) * direct + 0.1 * sine)
}
