import type { Finding, MeterKind } from '../../../schema/types/api.ts'
import { visible } from '../../text/visible.ts'
import { given } from '../reply.ts'
import { type Route, through } from '../route.ts'
import type { Given, Refusal, Site } from '../site.ts'

/** The door to what is known of a kind of meter. */
export type KindDoor = { kind(name: string): Given<MeterKind> }

/** Makes the routes of kinds of meters; `door` finds what knows them. */
export const kindRoutes = (door: (site: Site) => KindDoor | undefined): Route[] => [
	{
		method: 'get',
		path: '/profiles/:name',
		right: 'look',
		summary: 'The kind of meter or adapter that a profile reads: socket, line, key, fields, a telegram explained',
		answers: { 200: { value: 'MeterKind' }, 404: { value: 'Failure' }, 422: { value: 'Failure' }, 503: { value: 'Failure' } },
		reply: through(door, 'Looking at kinds of meters')((kinds, ask) => given(kinds.kind(ask.param('name')))),
	},
]

/** Makes a refusal of the findings that `meterKind` gives: there is no such profile, or it is wrong. */
export function kindGiven(name: string, found: MeterKind | Finding[]): MeterKind | Refusal {
	if (!Array.isArray(found)) return found
	const shown = visible(name, 64)
	if (found.some(({ code }) => code === 'profile/missing'))
		return {
			refused: 'unknown',
			code: 'profile-unknown',
			message: `There is no profile "${shown}".`,
			hint: 'GET /api/profiles lists them.',
			params: { profile: shown },
		}
	return {
		refused: 'invalid',
		code: 'profile-invalid',
		message: `The profile "${shown}" is wrong.`,
		hint: 'Fix its errors first.',
		findings: found,
		params: { profile: shown },
	}
}
