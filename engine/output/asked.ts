import type { Output, Route } from '../../schema/types/output.ts'
import type { Document, Finding, Path } from '../document/finding.ts'
import type { Expression } from '../jsonata/expression.ts'
import type { Language } from '../jsonata/language.ts'
import { expressionAt } from './expressions.ts'
import { OUTPUT } from './language.ts'
import { type CompiledRegisters, wordsOf } from './registers.ts'

/** The language of replies: they are asked for by others, so each is a small piece of work. */
export const ANSWER: Language = {
	...OUTPUT,
	names: ['state', 'known', 'values', 'request', 'meter', 'profile', 'options', 'bridge', 'now'],
	functions: [...OUTPUT.functions, 'hex'],
	steps: 50_000,
	result: { lists: true, text: 16_384, texts: 65_536, parts: 2000 },
	hints: { ...OUTPUT.hints, clock: '`now` is the time of the request', size: 'make a shorter reply of it' },
}

/** A span of time, as the meter's intervals or in seconds. */
export type Span = { count: number; unit: 'intervals' | 'seconds' }

type CompiledRoute = { path: string; isPrefix: boolean; methods: readonly string[]; reply: Expression }

/** The sections of an output that are asked, with their expressions compiled. */
export type Asked = {
	maxAge: Span
	/** Fields that may lag behind the last telegram, by their names or beginnings (with *). */
	slow: [pattern: string, lag: Span][]
	/** Decimal places of the numbers in JSON, by keys or their beginnings or ends (with *). */
	decimals: [pattern: string, digits: number][]
	/** Each needs one of its fields. */
	needs: string[][]
	values: [name: string, value: Expression][]
	http?:
		| {
				port: number
				routes: CompiledRoute[]
				unavailable?: Expression | undefined
				otherwise?: Expression | undefined
				websocket?:
					| {
							path: string
							reply?: Expression | undefined
							unavailable?: Expression | undefined
							notify?: Expression | undefined
							isSubscribed: boolean
					  }
					| undefined
		  }
		| undefined
	udp?: { port: number; reply: Expression; unavailable?: Expression | undefined } | undefined
	modbus?: CompiledRegisters | undefined
	mdns: { type: string; name: Expression; txt?: Expression | undefined }[]
}

/** The sections of which one makes an output one that is asked. */
export const WAYS = ['http', 'udp', 'modbus'] as const

/** Tells whether an output is asked, besides or instead of telling. */
export const isAsked = (output: Output): boolean => WAYS.some((way) => output[way] !== undefined)

/** Compiles what is asked of an output; undefined where nothing is. Adds what is wrong with it to `faults`. */
export function compileAsked(output: Output, document: Document, faults: Finding[]): Asked | undefined {
	if (!isAsked(output)) return undefined
	const at = (path: Path, text: string | string[]): Expression => {
		const expression = expressionAt(document, path, text, ANSWER)
		if (!Array.isArray(expression)) return expression
		faults.push(...expression)
		return NEVER
	}
	const maybe = (path: Path, text: string | string[] | undefined) => (text === undefined ? undefined : at(path, text))
	const { answer = {}, http, udp, modbus, mdns = [] } = output
	const { maxAge = '2 intervals', slow = {}, decimals = {}, needs = [], values = {} } = answer
	const { websocket } = http ?? {}
	return {
		maxAge: spanOf(maxAge),
		slow: Object.entries(slow).map(([pattern, lag]) => [pattern, spanOf(lag)]),
		decimals: Object.entries(decimals),
		needs: needs.map((names) => names.split('|')),
		values: Object.entries(values).map(([name, text]) => [name, at(['answer', 'values', name], text)]),
		http: http && {
			port: http.port,
			routes: http.routes.map((route, place) => routeOf(route, at(['http', 'routes', place, 'reply'], route.reply))),
			unavailable: maybe(['http', 'unavailable'], http.unavailable),
			otherwise: maybe(['http', 'otherwise'], http.otherwise),
			websocket: websocket && {
				path: websocket.path,
				reply: maybe(['http', 'websocket', 'reply'], websocket.reply),
				unavailable: maybe(['http', 'websocket', 'unavailable'], websocket.unavailable),
				notify: maybe(['http', 'websocket', 'notify'], websocket.notify),
				isSubscribed: websocket.subscribed ?? false,
			},
		},
		udp: udp && { port: udp.port, reply: at(['udp', 'reply'], udp.reply), unavailable: maybe(['udp', 'unavailable'], udp.unavailable) },
		modbus: modbus && {
			port: modbus.port,
			unit: modbus.unit ?? 1,
			functions: modbus.functions,
			available: at(['modbus', 'available'], modbus.available),
			registers: modbus.registers.map((register, place) => ({
				at: register.at,
				type: register.type,
				words: wordsOf(register),
				value: at(['modbus', 'registers', place, 'value'], register.value),
			})),
		},
		mdns: mdns.map(({ type, name, txt }, place) => ({
			type,
			name: at(['mdns', place, 'name'], name),
			txt: maybe(['mdns', place, 'txt'], txt),
		})),
	}
}

/** Stands for an expression that could not be compiled: the output is refused, and it is never evaluated. */
const NEVER: Expression = { ast: { type: 'block' }, evaluate: () => ({}) }

function routeOf({ path, methods = ['GET'] }: Route, reply: Expression): CompiledRoute {
	const isPrefix = path.endsWith('*')
	return { path: isPrefix ? path.slice(0, -1) : path, isPrefix, methods, reply }
}

/** Reads a span as the schema admits it: `2 intervals`, `10 seconds`. */
function spanOf(text: string): Span {
	const [count, unit] = text.split(' ')
	return { count: Number(count), unit: unit === 'seconds' ? 'seconds' : 'intervals' }
}

/** Gives a span in milliseconds, for a meter with so many seconds between two readings. */
export const milliseconds = ({ count, unit }: Span, interval: number): number => count * (unit === 'seconds' ? 1 : interval) * 1000
