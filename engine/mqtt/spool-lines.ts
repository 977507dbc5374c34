import { flag, list, object, optional, type Shape, table, text, whole } from '../bytes/shape.ts'
import { Faults, linesIn, parsed, sealed, unsealed } from '../files/sealed.ts'
import { isLegalText, isTopic } from './legal.ts'
import type { OutMessage } from './message.ts'
import type { Numbered } from './waiting.ts'

/** What was open when it was written: of all numbers before `next`, those in these ranges (both ends included). */
export type Mark = { next: number; open: [number, number][] }

type Content = Pick<OutMessage, 'topic' | 'properties' | 'contentType'> & { text?: string; bytes?: string; retain?: boolean }

const MISSHAPEN = 'with content that cannot be'

const anyText: Shape<string> = (value) => (typeof value === 'string' ? value : undefined)
const legalText: Shape<string> = (value) => (typeof value === 'string' && isLegalText(value) ? value : undefined)
const number = whole(0, Number.MAX_SAFE_INTEGER)
const range: Shape<[number, number]> = (value) => {
	const [first, last, ...more] = list(number, 2)(value) ?? []
	return first === undefined || last === undefined || more.length > 0 ? undefined : [first, last]
}
const parts = {
	topic: ((value) => (typeof value === 'string' && isTopic(value) ? value : undefined)) as Shape<string>,
	text: optional(anyText),
	retain: optional(flag),
	bytes: optional(text(/^[A-Za-z0-9+/]*={0,2}$/)),
	properties: optional(table(/^[\w-]{1,100}$/, legalText, 100)),
	contentType: optional(legalText),
}
const messageShape = object<Content & { number: number }>({ ...parts, number })
const firstShape = object<Content>(parts)
const markShape = object<Mark>({ next: number, open: list(range, 1_000_000) })

/** Writes a message as a line of a spool. */
export function messageLine(of: string, { number, message }: Numbered): string {
	const { topic, payload, properties, contentType, retain } = message
	// People read JSON in the file as text.
	const isText = typeof payload === 'string' || contentType !== undefined
	const content = isText ? { text: Buffer.from(payload).toString() } : { bytes: Buffer.from(payload).toString('base64') }
	return sealed(of, { number, topic, properties, contentType, ...(retain && { retain }), ...content })
}

/** Writes which messages are open as a line of a spool; `numbers` rise. */
export function markLine(of: string, next: number, numbers: Iterable<number>): string {
	const open: [number, number][] = []
	for (const one of numbers) {
		const last = open.at(-1)
		if (last && one === last[1] + 1) last[1] = one
		else open.push([one, one])
	}
	return sealed(of, { next, open } satisfies Mark)
}

/** Reads the lines of a file, and says which cannot be used; `isFirst`: the file has the form of version 0.1, a message a line, without a checksum. */
export function spoolLines(content: string, of: string, isFirst: boolean): { messages: Numbered[]; marks: Mark[]; faults: string } {
	const messages = new Map<number, Numbered>()
	const marks: Mark[] = []
	const faults = new Faults()
	let at = 0
	for (const line of linesIn(content)) {
		at++
		const read = isFirst ? { is: { ...firstShape(parsed(line)), number: at } } : unsealed(of, line)
		const mark = 'is' in read ? markShape(read.is) : undefined
		const message = 'is' in read ? messageOf(read.is) : undefined
		if (mark) marks.push(mark)
		else if (!message) faults.add('fault' in read ? read.fault : MISSHAPEN)
		else if (messages.has(message.number)) faults.add('there twice')
		else messages.set(message.number, message)
	}
	return { messages: [...messages.values()], marks, faults: faults.text() }
}

function messageOf(content: unknown): Numbered | undefined {
	const found = messageShape(content)
	if (!found) return undefined
	const { number, text, bytes, retain = false, ...rest } = found
	const payload = text ?? (bytes === undefined ? undefined : Buffer.from(bytes, 'base64'))
	// What is kept by the broker is made again at the start, but for topics that nobody publishes any more.
	if (payload === undefined || (retain && payload.length > 0)) return undefined
	return { number, message: { ...rest, payload, retain } }
}

/** Says whether a message was open, by the last mark. */
export function isOpen(number: number, { next, open }: Mark): boolean {
	let [low, high] = [0, open.length]
	while (low < high) {
		const middle = (low + high) >> 1
		if ((open[middle] as [number, number])[1] < number) low = middle + 1
		else high = middle
	}
	return number >= next || (open[low]?.[0] ?? Number.POSITIVE_INFINITY) <= number
}
