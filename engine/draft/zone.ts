import { fileURLToPath } from 'node:url'
import { latin1 } from '../bytes/hex.ts'
import { packageRoot } from '../files/package.ts'
import { MAX_FILE, readRegular } from '../files/regular.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { once } from './once.ts'

/** A timezone, and what tells it; `assumed` where nothing does. */
export type ZoneGuess = { timezone: string; because: string; assumed?: true }

/** A sign of where a meter stands: in the first bytes of its telegrams, or in its id. */
type Sign = { pattern: RegExp; timezone: string; because: string }

/** Reads the signs by which timezones are told. */
const signs = once(() => {
	const written = JSON.parse(readRegular(fileURLToPath(new URL('meters/zones.json', packageRoot)), MAX_FILE)) as Record<
		'telegram' | 'id',
		(Omit<Sign, 'pattern'> & { pattern: string })[]
	>
	const compiled = (rows: typeof written.id): Sign[] => rows.map((row) => ({ ...row, pattern: new RegExp(row.pattern) }))
	return { telegram: compiled(written.telegram), id: compiled(written.id) }
})

/** Tells the timezone of a meter by its telegrams; `stated`: what the user says. Nothing there to tell it: assumed, which is said. */
export function zoneOf(parts: readonly Uint8Array[], telegrams: readonly Telegram[], stated?: string): ZoneGuess {
	if (stated !== undefined) return { timezone: stated, because: 'stated by --timezone' }
	const heads = parts.slice(0, 20).map((part) => latin1(part.subarray(0, 600)))
	const ids = telegrams.map(({ meterId }) => meterId ?? '')
	const found =
		signs().telegram.find(({ pattern }) => heads.some((head) => pattern.test(head))) ??
		signs().id.find(({ pattern }) => ids.some((id) => pattern.test(id)))
	if (found) return { timezone: found.timezone, because: found.because }
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
