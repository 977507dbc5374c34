import { latin1 } from '../bytes/hex.ts'
import type { Telegram } from '../telegram/telegram.ts'

/** A timezone, and what tells it; `assumed` where nothing does. */
export type ZoneGuess = { timezone: string; because: string; assumed?: true }

/** What shows where a meter stands: in the first bytes of its telegrams, or in its ids. */
const BYTES: [pattern: RegExp, timezone: string, because: string][] = [
	[/\/FLU\d/, 'Europe/Brussels', 'the identification /FLU is of Fluvius, Belgium'],
	[/\n0-0:96\.1\.4\(/, 'Europe/Brussels', 'eMUCS (0-0:96.1.4), the Belgian dialect of P1'],
	[/\/Lux\d/, 'Europe/Luxembourg', 'the identification /Lux is of Luxembourg'],
	[/\/ESO\d/, 'Europe/Vilnius', 'the identification /ESO is of ESO, Lithuania'],
	[/AIDON_V|Kamstrup_V|KFM_001/, 'Europe/Oslo', 'the id of its list is one of the Norwegian HAN'],
]
const IDS: [pattern: RegExp, timezone: string, because: string][] = [
	[/^AT\d{31}$/, 'Europe/Vienna', 'the metering point begins with AT'],
	[/^CH\d{31}$/, 'Europe/Zurich', 'the metering point begins with CH'],
	[/^DE\d{31}$/, 'Europe/Berlin', 'the metering point begins with DE'],
	[/^LU\d{31}$/, 'Europe/Luxembourg', 'the metering point begins with LU'],
	[/^1[A-Z]{3}\d{10}$|^0A01[0-9A-F]{16}$/, 'Europe/Berlin', 'the id is one of DIN 43863-5, Germany'],
]

/** Tells the timezone of a meter by its telegrams; `stated`: what the user says. Nothing there to tell it: assumed, which is said. */
export function zoneOf(parts: readonly Uint8Array[], telegrams: Telegram[], stated?: string): ZoneGuess {
	if (stated !== undefined) return { timezone: stated, because: 'stated by --timezone' }
	const heads = parts.slice(0, 20).map((part) => latin1(part.subarray(0, 600)))
	const ids = telegrams.map(({ meterId }) => meterId ?? '')
	const [, timezone, because] = BYTES.find(([pattern]) => heads.some((head) => pattern.test(head))) ??
		IDS.find(([pattern]) => ids.some((id) => pattern.test(id))) ?? ['', '', '']
	if (timezone !== '') return { timezone, because }
	if (telegrams.some(keepsNormalTime))
		return {
			timezone: 'Europe/Stockholm',
			because: 'its clock says normal time (W) in summer, as in Sweden; in Finland it is Europe/Helsinki',
		}
	return { timezone: 'Europe/Zurich', because: 'assumed: nothing in the telegrams tells where the meter stands', assumed: true }
}

/** P1's `W` from April to September. */
const keepsNormalTime = ({ clock }: Telegram) =>
	clock?.seasonal === true && !clock.daylight && Number(clock.local.slice(5, 7)) > 3 && Number(clock.local.slice(5, 7)) < 10
