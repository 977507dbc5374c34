import { type Cursor, left, pass, uint } from '../../bytes/cursor.ts'

/** A place in the body of a packet. */
export type Body = Omit<Cursor, 'bytes'> & { readonly bytes: Buffer }

/** The properties of a packet: numbers and texts by their code, user properties by their name. */
export type Properties = {
	values: Readonly<Record<number, number | string>>
	user: Readonly<Record<string, string>>
	identifiers: number[] | undefined
}

/** Codes of properties that are asked for by name (MQTT 5, 2.2.2.2). */
export const PROPERTY = {
	identifier: 11,
	assignedClientId: 18,
	serverKeepAlive: 19,
	receiveMaximum: 33,
	maximumQos: 36,
	retainAvailable: 37,
	user: 38,
	maximumPacket: 39,
	wildcards: 40,
	identifiers: 41,
} as const

/** Bytes of properties that are read. Each may become a name in memory: a packet of 16 MiB of them took 400 MB and four seconds. */
export const MAX_PROPERTIES = 65_536

type Kind = 'flag' | 'two' | 'four' | 'positive two' | 'positive four' | 'variable' | 'text' | 'binary' | 'pair'

/** How each property is written that a broker may send, by the packets that may have it. A topic alias may not stand there: we announce that we take none. */
const common: Record<number, Kind> = { 31: 'text', 38: 'pair' }
const ALLOWED: Record<'connack' | 'publish' | 'answer' | 'disconnect', Record<number, Kind>> = {
	connack: {
		...common,
		17: 'four',
		18: 'text',
		19: 'two',
		21: 'text',
		22: 'binary',
		26: 'text',
		28: 'text',
		33: 'positive two',
		34: 'two',
		36: 'flag',
		37: 'flag',
		39: 'positive four',
		40: 'flag',
		41: 'flag',
		42: 'flag',
	},
	publish: { 1: 'flag', 2: 'four', 3: 'text', 8: 'text', 9: 'binary', 11: 'variable', 38: 'pair' },
	answer: common,
	disconnect: { ...common, 17: 'four', 28: 'text' },
}

const NO_VALUES: Record<number, number | string> = Object.freeze({})
const NO_USER: Record<string, string> = Object.freeze({})
export const NO_PROPERTIES: Properties = Object.freeze({ values: NO_VALUES, user: NO_USER, identifiers: undefined })

/** Reads the properties of a packet; undefined when one is malformed, twice there, or may not stand in it. */
export function readProperties(c: Body, packet: keyof typeof ALLOWED): Properties | undefined {
	const length = variable(c)
	if (c.short || length > left(c)) return undefined
	if (length === 0) return NO_PROPERTIES
	const end = c.at + length
	const allowed = ALLOWED[packet]
	// Most messages have user properties alone.
	let values = NO_VALUES
	let user = NO_USER
	let identifiers: number[] | undefined
	while (c.at < end) {
		const code = uint(c, 1)
		const kind = allowed[code]
		if (kind === undefined || values[code] !== undefined) return undefined
		if (kind === 'pair') {
			const name = text(c)
			const value = text(c)
			// The first of several with one name counts; the name that would set a prototype is left out.
			if (user === NO_USER) user = {}
			if (name !== '__proto__' && !Object.hasOwn(user, name)) user[name] = value
		} else if (kind === 'variable') {
			const identifier = variable(c)
			if (identifier === 0) return undefined
			identifiers ??= []
			identifiers.push(identifier)
		} else {
			const value = readValue(c, kind)
			if (value === undefined) return undefined
			if (values === NO_VALUES) values = {}
			values[code] = value
		}
		if (c.short || c.at > end) return undefined
	}
	return { values, user, identifiers }
}

function readValue(c: Body, kind: Exclude<Kind, 'pair' | 'variable'>): number | string | undefined {
	if (kind === 'text') return text(c)
	// Binary data is for authentication and answers, which are not used.
	if (kind === 'binary') return pass(c, uint(c, 2))
	const value = uint(c, kind === 'flag' ? 1 : kind.endsWith('two') ? 2 : 4)
	if (kind === 'flag' ? value > 1 : kind.startsWith('positive') && value === 0) return undefined
	return value
}

/** Takes a text with its length. */
export function text(c: Body): string {
	const length = uint(c, 2)
	const from = pass(c, length)
	return c.bytes.toString('utf8', from, c.at)
}

/** Takes a number of one to four bytes, seven bits each; a longer one is `short`. */
export function variable(c: Cursor): number {
	let value = 0
	for (let factor = 1; factor <= 128 ** 3; factor *= 128) {
		const byte = uint(c, 1)
		value += (byte & 0x7f) * factor
		if (byte < 0x80) return value
	}
	c.short = true
	return 0
}
