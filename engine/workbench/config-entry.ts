import type { FieldInfo } from '../../schema/types/api.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Capture } from '../transport/capture.ts'

/**
 * Writes an entry of the config for a kind of meter, to copy and adapt: its name says what it measures; a serial port stands where it usually is; the level of an
 * adapter's topic and the keys stand where they are needed.
 */
export function configEntry({ name, document }: CompiledProfile, fields: FieldInfo[], captures: Capture[]): string {
	const { transport } = document
	const keys = captures.length > 0 && captures.every(({ header }) => header.testKeys?.encryption !== undefined)
	const entry = {
		name: fields.some((field) => /^(power|energy|voltage|current)_/.test(field.name)) ? 'house' : 'meter',
		profile: name,
		...(transport.kind === 'mqtt' ? levelsOf(transport, captures) : { transport: addressOf(transport.kind) }),
		...(keys && { keys: { encryption: { $file: 'secrets/house.key' } } }),
	}
	const text = spaced(entry)
	return text.length <= WIDTH ? text : broken(entry)
}

const addressOf = (kind: string): Record<string, unknown> =>
	kind === 'tcp' ? { host: '192.168.1.40', port: 4001 } : kind === 'capture' ? { path: 'mine.capture.jsonl' } : { path: '/dev/ttyUSB0' }

/** The level of the topic that tells meters apart, as the recordings have it. */
function levelsOf({ topic, identity }: CompiledProfile['document']['transport'], captures: Capture[]): object {
	if (identity === undefined || topic === undefined) return {}
	const patterns = [topic].flat().map((one) => one.split('/'))
	for (const { lines } of captures)
		for (const line of lines) {
			if (!('topic' in line)) continue
			const levels = line.topic.split('/')
			const pattern = patterns.find(
				(one) => one.length === levels.length && one.every((part, at) => /^[+#]/.test(part) || part === levels[at]),
			)
			const level = levels[pattern?.indexOf(`+${identity}`) ?? -1]
			if (level !== undefined) return { transport: { levels: { [identity]: level } } }
		}
	return {}
}

/** Characters of an entry that stands on one line. */
const WIDTH = 84

/** JSON with a line for each key. */
const broken = (value: object): string =>
	`{\n${Object.entries(value)
		.map(([key, part]) => `  ${JSON.stringify(key)}: ${spaced(part)}`)
		.join(',\n')}\n}`

/** JSON on one line, with blanks as people write it. */
function spaced(value: unknown): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value)
	return `{ ${Object.entries(value)
		.map(([key, part]) => `${JSON.stringify(key)}: ${spaced(part)}`)
		.join(', ')} }`
}
