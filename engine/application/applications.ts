import type { Decoder } from '../../schema/types/profile.ts'
import { type Application, whole } from './application.ts'
import { dlms } from './dlms/dlms.ts'
import { iec62056 } from './iec62056-21.ts'
import { mbus } from './mbus/mbus.ts'
import { p1 } from './p1.ts'
import { sml } from './sml.ts'

/** Applications that read bytes; JSON messages have no frames. */
export type ApplicationName = Exclude<NonNullable<Decoder['application']>, 'json'>

/** Every application, by its name in profiles. The first that understands a frame is taken where none is stated. */
export const applications: Record<ApplicationName, Application> = {
	dlms,
	mbus: whole(mbus),
	p1: whole(p1),
	sml,
	'iec62056-21': whole(iec62056),
}
