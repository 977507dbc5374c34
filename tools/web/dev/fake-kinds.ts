import { parseConfig } from '../../../engine/config/config.ts'
import { profilesOf } from '../../../engine/instance/listing.ts'
import { builtinProfiles, readLibrary } from '../../../engine/profile/library.ts'
import { meterKind } from '../../../engine/workbench/meter-kind.ts'
import type { ProfileEntry } from '../src/api/types.ts'
import { type Route, Status } from './fake.ts'

/** Lists the profiles of the package, as the engine does. */
export function builtinEntries(): ProfileEntry[] {
	const loaded = parseConfig('cii2mqtt.json', '{ "mqtt": { "embedded": {} }, "meters": [] }')
	return Array.isArray(loaded) ? [] : profilesOf(loaded, { of: () => undefined })
}

/** Routes of kinds of meters, answered by the engine from the profiles of the package. */
export const kindRoutes: Route[] = [
	['GET', /^profiles$/, () => ({ profiles: builtinEntries() })],
	[
		'GET',
		/^profiles\/([a-z0-9/-]+)$/,
		async ({ match: [, name = ''] }) => {
			const found = await meterKind(name, readLibrary([builtinProfiles]))
			return Array.isArray(found)
				? new Status(404, { error: { code: 'profile-unknown', message: `There is no profile "${name}".` } })
				: found
		},
	],
]
