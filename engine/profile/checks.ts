import type { Profile } from '../../schema/types/profile.ts'
import { links } from '../decode/registry.ts'
import type { Finding, Path } from '../document/finding.ts'
import { nearest } from '../document/nearest.ts'
import { parseObis } from '../telegram/obis.ts'

/** Makes a finding where a path stands: in the chain of profiles, or in the config that overlays them. */
export type Locate = (path: Path, part: 'key' | 'value', code: string, message: string, hint?: string) => Finding

/** What the schema cannot see: sections that do not go together, timezones, OBIS codes. For profiles, and for what a config makes of them. */
export function meaning({ transport, decoder, meter }: Profile, locate: Locate): Finding[] {
	const findings: Finding[] = []
	if (transport && transport.kind === undefined)
		findings.push(locate(['transport'], 'value', 'profile/required', 'transport.kind is missing', 'serial, tcp, mqtt or capture'))
	if (decoder && decoder.application === undefined && decoder.link !== 'auto') {
		findings.push(
			locate(
				['decoder'],
				'value',
				'profile/required',
				'decoder.application is missing',
				'dlms, mbus, p1, sml, iec62056-21 or json; "link": "auto" finds both',
			),
		)
	}
	const onMessages = transport?.kind === 'mqtt' && (transport.payload ?? 'json') === 'json'
	if (decoder?.application === 'json') {
		// A recording may hold messages too.
		if (transport?.kind !== undefined && !onMessages && transport.kind !== 'capture') {
			findings.push(
				locate(
					['transport'],
					'value',
					'profile/transport',
					`json is read from MQTT messages, not from ${transport.kind}`,
					'use a transport of kind mqtt',
				),
			)
		}
	} else if (decoder?.application !== undefined) {
		if (decoder.link === undefined)
			findings.push(locate(['decoder'], 'value', 'profile/required', 'decoder.link is missing', 'hdlc, mbus, p1, sml …, or auto'))
		const { link, application } = decoder
		if (link !== undefined && link !== 'auto' && !links[link].carries.includes(application)) {
			const fits = links[link].carries.join(' or ')
			findings.push(locate(['decoder'], 'value', 'profile/decoder', `link ${link} carries no ${application}`, `application ${fits}`))
		}
		if (onMessages)
			findings.push(
				locate(
					['transport'],
					'value',
					'profile/transport',
					'messages are read as JSON',
					'"payload": "bytes" for a meter\'s bytes, "hex" for them as text',
				),
			)
	}
	if (transport?.signOn && transport.request) {
		const message = 'signOn and request exclude each other'
		findings.push(locate(['transport', 'request'], 'value', 'profile/transport', message, 'null removes what a parent states'))
	}
	if (transport?.kind === 'mqtt') {
		const levels = [...(transport.topic ?? '').matchAll(/\+([A-Za-z]\w*)/g)].map((match) => match[1])
		if (transport.topic === undefined)
			findings.push(locate(['transport'], 'value', 'profile/required', 'transport.topic is missing', 'what to subscribe to'))
		if (transport.identity !== undefined && !levels.includes(transport.identity)) {
			findings.push(
				locate(
					['transport', 'identity'],
					'value',
					'profile/identity',
					`the topic has no level +${transport.identity}`,
					`it has ${levels.join(', ') || 'none'}`,
				),
			)
		}
	}
	if (transport?.kind === 'mqtt' && transport.topic !== undefined) {
		const bad = topicFault(transport.topic)
		if (bad)
			findings.push(
				locate(
					['transport', 'topic'],
					'value',
					'profile/topic',
					`"${transport.topic.slice(0, 80)}" is no topic to subscribe to: ${bad}`,
					'such as tele/+device/SENSOR',
				),
			)
	}
	const named = [...(transport?.topic ?? '').matchAll(/\+([A-Za-z]\w*)/g)].map((match) => match[1] ?? '')
	for (const [level, value] of Object.entries(transport?.levels ?? {})) {
		if (!named.includes(level)) {
			const near = nearest(level, named)
			findings.push(
				locate(
					['transport', 'levels', level],
					'key',
					'profile/levels',
					`the topic has no level +${level}`,
					near ? `did you mean "${near}"?` : `it has ${named.join(', ') || 'none'}`,
				),
			)
		} else if (/[/+#]|^$/.test(value)) {
			findings.push(
				locate(
					['transport', 'levels', level],
					'value',
					'profile/levels',
					`"${value}" is no value of one level`,
					'it has neither / nor + nor #',
				),
			)
		}
	}
	if (meter?.timezone !== undefined && !isTimezone(meter.timezone)) {
		findings.push(
			locate(
				['meter', 'timezone'],
				'value',
				'profile/timezone',
				`"${meter.timezone}" is no timezone`,
				'an IANA name such as Europe/Zurich',
			),
		)
	}
	for (const code of Object.keys(decoder?.registers ?? {})) {
		if (!isCode(code))
			findings.push(locate(['decoder', 'registers', code], 'key', 'profile/obis', `"${code}" is no OBIS code`, '1.8.0, 1-1:1.8.0 or *'))
	}
	for (const [length, codes] of Object.entries(decoder?.sequence ?? {})) {
		if (codes.length !== Number(length)) {
			findings.push(
				locate(
					['decoder', 'sequence', length],
					'value',
					'profile/sequence',
					`the list of ${length} has ${codes.length} places`,
					'null for a value without use',
				),
			)
		}
		codes.forEach((code, place) => {
			if (code !== null && !parseObis(code)) {
				findings.push(
					locate(['decoder', 'sequence', length, place], 'value', 'profile/obis', `"${code}" is no full OBIS code`, 'such as 1-0:1.8.0'),
				)
			}
		})
	}
	return findings
}

/** What is wrong with a topic to subscribe to (MQTT 5, 4.7), with +name for named levels; undefined when nothing is. */
function topicFault(topic: string): string | undefined {
	const levels = topic.split('/')
	if (topic === '') return 'it is empty'
	if (levels.some((level, place) => level.includes('#') && (level !== '#' || place < levels.length - 1))) return '# stands alone, and last'
	if (levels.some((level) => level.includes('+') && !/^\+(?:[A-Za-z]\w*)?$/.test(level))) return 'a level is a +, a +name, or has none'
	return undefined
}

const isCode = (code: string) => code === '*' || /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(code) || parseObis(code) !== undefined

/** Whether the name is a timezone that this system knows. */
export function isTimezone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name })
		return true
	} catch {
		return false
	}
}
