import type { Message } from '../../schema/types/output.ts'
import type { Evaluated, Expression, Plain } from '../jsonata/expression.ts'
import { isTopic } from '../mqtt/legal.ts'
import { after } from '../pipeline/in-order.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { functions, OUTPUT } from './language.ts'

/** A message that an output gives: checked, its payload as text; `json` where the payload was an object. */
export type Made = { topic: string; payload: string; retain: boolean; json: boolean }

const MAX_TOPIC = 512
const MAX_MESSAGES = 500

/**
 * The messages of an expression, and in words which there are not, and why; `endless`: it was stopped, since it took too many steps; `failed`: one of
 * several expressions gave nothing but faults.
 */
export type Given = { messages: Made[]; faults: string[]; endless?: boolean; failed?: boolean }

/** Tells whether an expression gave no messages, since something is wrong with it. */
export const hasFailed = ({ messages, faults, failed = messages.length === 0 && faults.length > 0 }: Given): boolean => failed

/** Gives the messages of two expressions as those of one, which has failed where either has. */
export const joinedMessages = (one: Given, other: Given): Given => ({
	messages: [...one.messages, ...other.messages],
	faults: [...one.faults, ...other.faults],
	failed: hasFailed(one) || hasFailed(other),
})

/** Gives the milliseconds of processor time that this process has used, by all its threads: other work on the machine does not count. */
export function cpuTime(): number {
	const { user, system } = process.cpuUsage()
	return (user + system) / 1000
}

/** Evaluates an expression to messages, with the values of `scope` by name. A faulty message leaves the others as they are. */
export function messagesOf(expression: Expression, scope: object): Soon<Given> {
	const result = expression.evaluate({ values: scope as Record<string, unknown>, functions }, { left: OUTPUT.steps, cpu: cpuTime })
	return after(result, given)
}

function given(result: Evaluated): Given {
	if ('fault' in result) return { messages: [], faults: [result.fault], endless: result.endless }
	const { value } = result
	const list = value === undefined ? [] : Array.isArray(value) ? value : [value]
	if (list.length > MAX_MESSAGES) return { messages: [], faults: [`${list.length} messages; ${MAX_MESSAGES} are accepted`] }
	const [messages, faults]: [Made[], string[]] = [[], []]
	for (const one of list) {
		const made = messageOf(one)
		if (typeof made === 'string') faults.push(made)
		else messages.push(made)
	}
	return { messages, faults }
}

const PARTS = ['topic', 'payload', 'retain', 'qos']

function messageOf(value: Plain): Made | string {
	if (typeof value !== 'object' || Array.isArray(value)) return 'a message is an object { topic, payload, retain }'
	const { topic, payload, retain = false } = value as Partial<Message>
	const other = Object.keys(value).find((key) => !PARTS.includes(key))
	if (other !== undefined) return `a message has no "${other}": topic, payload, retain, qos`
	if (typeof topic !== 'string' || topic.length > MAX_TOPIC || topic.startsWith('$') || !isTopic(topic))
		return `"${String(topic).slice(0, 80)}" is no topic: $level(text) makes a level of a text`
	if (payload === undefined) return `the message on ${topic} has no payload`
	if (typeof retain !== 'boolean') return `retain of the message on ${topic} is neither true nor false`
	const json = typeof payload === 'object'
	return { topic, payload: json ? JSON.stringify(payload) : String(payload), retain, json }
}
