import type { Guess } from '../../schema/types/api.ts'
import type { Profile } from '../../schema/types/profile.ts'
import { readsMessages } from '../decode/registry.ts'
import { isTimezone } from '../profile/checks.ts'
import { type Asked, guessed } from './asked.ts'
import { zoneOf } from './zone.ts'

/** Guesses the zone of local times: where the profile states none, or another than the telegrams tell. */
export function zoneGuesses(asked: Asked): Guess[] {
	const { named, parts = [], document } = asked
	const isLocal = named.some(({ clock }) => clock !== undefined && clock.offset === undefined)
	if (!isLocal) return []
	const { timezone: written } = document.meter ?? {}
	const stated = written !== undefined && isTimezone(written) ? written : undefined
	const { timezone, because, assumed } = zoneOf(parts, named)
	if (stated !== undefined && (assumed || isSame(stated, timezone))) return []
	return [
		guessed(asked, {
			kind: 'timezone',
			title: `timezone ${timezone}`,
			params: { timezone },
			reason: because,
			sure: !assumed,
			changes: [{ path: ['meter', 'timezone'], value: timezone }],
		}),
	]
}

/** Whether two zones have the same time in winter and in summer. */
const isSame = (one: string, other: string) => [WINTER, SUMMER].every((at) => hourIn(one, at) === hourIn(other, at))
const [WINTER, SUMMER] = [Date.UTC(2026, 0, 15, 12), Date.UTC(2026, 6, 15, 12)]
const hourIn = (timeZone: string, at: number) => new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at)

/** Guesses link and application where the bytes are of another dialect than the profile says. */
export function linkGuesses(asked: Asked): Guess[] {
	const { detected, document } = asked
	if (!detected || detected.verdict === 'begun' || !differs(document, detected)) return []
	const { link, application, reason } = detected
	return [
		guessed(asked, {
			kind: 'link',
			title: `link ${link}, application ${application}`,
			params: { link, application },
			reason,
			sure: detected.verdict === 'understood',
			changes: [
				{ path: ['decoder', 'link'], value: link },
				{ path: ['decoder', 'application'], value: application },
				// Messages that hold bytes say so.
				...(document.transport?.kind === 'mqtt' && readsMessages(document.decoder?.application)
					? [{ path: ['transport', 'payload'], value: 'bytes' }]
					: []),
			],
		}),
	]
}

function differs({ decoder = {} }: Profile, { link, application }: NonNullable<Asked['detected']>): boolean {
	const stated = decoder.application
	if (readsMessages(stated)) return true
	const isOther = stated !== undefined && stated !== application
	return isOther || (decoder.link !== link && decoder.link !== 'auto')
}
