import { type Decoded, decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import type { ApplicationName, LinkName } from '../../engine/decode/registry.ts'
import type { Register, Value } from '../../engine/telegram/register.ts'
import type { Keys, Telegram } from '../../engine/telegram/telegram.ts'
import type { Decoder } from '../../schema/types/profile.ts'

/** What bytes give with a link layer, an application and the settings of a profile. */
export function decoded(
	link: LinkName,
	application: ApplicationName,
	bytes: Uint8Array,
	settings: Decoder = {},
	keys: Keys = {},
): Decoded[] {
	const reader = decoder({ link, application, ...decoderSettings(settings, keys) })
	return [...reader.push(bytes), ...reader.idle()]
}

/** The only telegram among outcomes; an Error names what came instead. */
export function only(outcomes: Decoded[]): Telegram {
	const [first, ...more] = outcomes
	if (!first || !('telegram' in first) || more.length > 0) throw new Error(`no single telegram: ${JSON.stringify(reasons(outcomes))}`)
	return first.telegram
}

/** Why outcomes gave no telegram, in order. */
export const reasons = (outcomes: Decoded[]) => outcomes.map((item) => ('telegram' in item ? 'telegram' : item.reason))

/** The value of a code. */
export const registerValue = ({ registers }: { registers: Register[] }, code: string): Value | undefined =>
	registers.find(({ obis }) => obis === code)?.value
