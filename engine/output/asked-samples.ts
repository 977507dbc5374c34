import { isDeepStrictEqual } from 'node:util'
import type { Sample } from '../../schema/types/output.ts'
import { example, NOW, PUBLISHER } from './example.ts'
import type { CompiledOutput } from './output.ts'
import { type Answered, Replies } from './replies.ts'
import { bodyOf, requestOf } from './request.ts'

/** Says how the reply to a sample's request differs from that which it states; undefined where it does not. */
export async function askedDifference(output: CompiledOutput, sample: Sample): Promise<string | undefined> {
	const answered = await sampleReply(output, sample)
	if (typeof answered === 'string') return answered
	const { reply, detail } = answered
	if (detail !== undefined) return detail
	const { status, body } = sample.reply ?? {}
	const gives = reply ? `${reply.status} ${reply.text.slice(0, 2000)}` : 'no reply'
	if (!reply || reply.text === '')
		return status === undefined && body === undefined ? undefined : statusDifference(reply?.status, sample, gives)
	if (reply.status !== (status ?? 200)) return `status ${status ?? 200} is expected, it gives ${gives}`
	const isSame = typeof body === 'string' ? reply.text === body : isDeepStrictEqual(parsed(reply.text), parsed(JSON.stringify(body)))
	return isSame ? undefined : `it gives ${gives}`
}

function statusDifference(status: number | undefined, { reply }: Sample, gives: string): string | undefined {
	return reply?.body === undefined && status === reply?.status ? undefined : `it gives ${gives}`
}

/** Gives the reply to a sample's request, or in words why there is none. */
export async function sampleReply(output: CompiledOutput, sample: Sample): Promise<Answered | string> {
	const { asked } = output
	const { on, reading, meter = {}, options = {}, age = 0, request = {} } = sample
	if (!asked) return `it has no "${on}"`
	const replies = new Replies({ ...output, asked, choice: { options } }, PUBLISHER.bridge, 'house')
	const heard = reading ? { last: example(reading, { ...meter }), age: age * 1000 } : undefined
	const now = Date.parse(NOW) + age * 1000
	const { method = 'GET', path = '/', body } = request
	const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
	switch (on) {
		case 'http':
			return asked.http ? await replies.http(requestOf(method, path, {}, text), heard, now) : 'it has no "http"'
		case 'udp':
			return asked.udp ? await replies.udp({ text, body: bodyOf(text) }, heard, now) : 'it has no "udp"'
		case 'websocket':
			return asked.http?.websocket?.reply ? await replies.websocket({ text, body: bodyOf(text) }, heard, now) : 'it has no "http.websocket"'
		default:
			if (!asked.http?.websocket?.notify || !heard) return 'it has no "notify", or the sample no reading'
			return await replies.notify({ text, body: bodyOf(text) }, heard, now)
	}
}

function parsed(text: string | undefined): unknown {
	try {
		return JSON.parse(text ?? '')
	} catch {
		return undefined
	}
}
