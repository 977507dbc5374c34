import { isDeepStrictEqual } from 'node:util'
import type { Sample } from '../../schema/types/output.ts'
import { example, NOW, PUBLISHER } from './example.ts'
import type { CompiledOutput } from './output.ts'
import { readRegisters } from './registers.ts'
import { Replies } from './replies.ts'
import type { Answered } from './reply.ts'
import { bodyOf, requestOf } from './request.ts'

/** Says how the reply to a sample's request differs from that which it states; undefined where it does not. */
export async function askedDifference(output: CompiledOutput, sample: Sample): Promise<string | undefined> {
	if (sample.on === 'modbus') return await registerDifference(output, sample)
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

/** The replies of an output, and the reading of a sample. */
function repliesTo(output: CompiledOutput, { reading, meter = {}, options = {}, age = 0 }: Sample) {
	const { asked } = output
	if (!asked) return undefined
	const replies = new Replies({ ...output, asked, choice: { options } }, PUBLISHER.bridge, 'house')
	return { asked, replies, heard: reading ? { last: example(reading, { ...meter }), age: age * 1000 } : undefined }
}

/** Says how the registers that a sample reads differ from those that it states. */
async function registerDifference(output: CompiledOutput, sample: Sample): Promise<string | undefined> {
	const begun = repliesTo(output, sample)
	const modbus = begun?.asked.modbus
	if (!begun || !modbus) return 'it has no "modbus"'
	const { function: code = modbus.functions[0] ?? 0, at = 0, count = 2 } = sample.request ?? {}
	const words = readRegisters(modbus, await begun.replies.registers(begun.heard), { function: code, at, count })
	const { hex, exception } = sample.reply ?? {}
	if (typeof words === 'number') return words === exception ? undefined : `it gives exception ${words}`
	const text = [...words].map((word) => word.toString(16).padStart(4, '0')).join(' ')
	return text === hex ? undefined : `it gives ${text}`
}

/** Gives the reply to a sample's request, or says in words why it gets no reply. */
export async function sampleReply(output: CompiledOutput, sample: Sample): Promise<Answered | string> {
	const { on, age = 0, request = {} } = sample
	const begun = repliesTo(output, sample)
	if (!begun) return `it has no "${on}"`
	const { asked, replies, heard } = begun
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
