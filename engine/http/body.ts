import type { IncomingMessage } from 'node:http'
import type { ValidateFunction } from 'ajv'
import { explained } from '../document/parse.ts'
import type { Refusal } from './site.ts'

/** Bytes of a request's body: of most, and of a config. */
export const [SMALL, LARGE] = [16 * 1024, 1_200_000]
/** No request nests deeper. */
const MAX_DEPTH = 20
const MAX_WRONG = 10

/** The fault of a body, with the status of the answer. */
export type BodyFault = { status: 400 | 413 | 415; code: string; message: string; hint: string }

/** Reads a body as JSON, of at most so many bytes. A body that is too long is not read to its end. */
export async function readJson(request: IncomingMessage, limit: number): Promise<{ json: unknown } | BodyFault> {
	const { 'content-type': type = '', 'content-encoding': encoding = 'identity', 'content-length': length = '0' } = request.headers
	// A form of a foreign page cannot send JSON.
	if (!/^application\/json *(;|$)/i.test(type) || encoding !== 'identity')
		return { status: 415, code: 'body-type', message: 'The body is not JSON.', hint: 'Send it as Content-Type: application/json.' }
	if (Number(length) > limit) return tooLong(limit)
	const pieces: Buffer[] = []
	let size = 0
	try {
		for await (const piece of request.iterator({ destroyOnReturn: false })) {
			size += piece.length
			if (size > limit) return tooLong(limit)
			pieces.push(piece)
		}
	} catch {
		return { status: 400, code: 'body-cut', message: 'The body ended too early.', hint: 'Send it again.' }
	}
	const text = Buffer.concat(pieces).toString()
	const wrong: BodyFault = {
		status: 400,
		code: 'body-json',
		message: 'The body cannot be read as JSON.',
		hint: 'Check quotes, commas and brackets.',
	}
	try {
		return depthOf(text) > MAX_DEPTH ? wrong : { json: JSON.parse(text, harmless) as unknown }
	} catch {
		return wrong
	}
}

/** Says what a schema's check has found, without the values: keys and passwords may be among them. */
export function misshapen(check: ValidateFunction): Refusal {
	const faults = (check.errors ?? [])
		.slice(0, MAX_WRONG)
		.flatMap((error) => explained({ ...error, data: undefined, params: shownParams(error.params) }))
	const texts = faults.map(([, , message]) => message.replace(/\bthe file\b/g, 'the request').replace(/^undefined\b/, 'this'))
	const [first = 'it does not have the form that this request needs'] = texts
	const [, , , hint] = faults[0] ?? []
	return {
		refused: 'invalid',
		code: 'body-shape',
		message: `${sentence(first)}${texts.length > 1 ? ` (and ${texts.length - 1} more)` : ''}`,
		hint: hint === undefined ? 'GET /api/openapi.json describes each request.' : sentence(hint),
	}
}

/** A key of a request is shown only if it looks like one of ours. */
const shownParams = ({ additionalProperty: key, ...params }: Record<string, unknown>) =>
	key === undefined ? params : { ...params, additionalProperty: /^[a-zA-Z]{1,24}$/.test(String(key)) ? key : '' }

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

/** A key that would change what an object is when it is copied: nothing here is called so. */
function harmless(key: string, value: unknown): unknown {
	if (key === '__proto__') throw new SyntaxError('__proto__')
	return value
}

const tooLong = (limit: number): BodyFault => ({
	status: 413,
	code: 'body-size',
	message: `The body is longer than ${limit} bytes.`,
	hint: 'Nothing that is asked for here is that long.',
})

/** Gives an upper bound of the depth: brackets in texts count, too. */
function depthOf(text: string): number {
	// A config's text is one long string.
	const bare = text.replace(/"(?:[^"\\]|\\.)*"/gs, '')
	let [depth, most] = [0, 0]
	for (const char of bare) {
		if (char === '{' || char === '[') most = Math.max(most, ++depth)
		else if (char === '}' || char === ']') depth--
	}
	return most
}
