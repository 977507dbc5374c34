import { createHash } from 'node:crypto'
import type { Evaluated, Expression } from '../jsonata/expression.ts'
import { Suspensions } from '../jsonata/suspension.ts'
import { after } from '../pipeline/in-order.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { ANSWER, type Asked, milliseconds } from './asked.ts'
import { type Fresh, freshState } from './freshness.ts'
import { functions as outputFunctions } from './language.ts'
import { cpuTime } from './messages.ts'
import type { ChosenOutput } from './output.ts'
import { type Registers, registersOf } from './registers.ts'
import { type Answered, answeredBy, plainOf, type Reply, textsOf } from './reply.ts'
import type { Last, Publisher } from './scope.ts'
import type { Values } from './selection.ts'

/** A request as expressions see it: of HTTP all of it, of other ways only `text`, and `body` where that is JSON. */
export type Request = {
	method?: string
	path?: string
	/** The path behind the beginning that a route has. */
	rest?: string
	query?: Record<string, string>
	headers?: Record<string, string>
	text?: string
	body?: unknown
}

/** A meter's last reading, and how long ago it came (ms). */
export type Heard = { last: Last; age: number }

/** An output that is asked, with its settings. */
export type AskedOutput = ChosenOutput & { asked: Asked }

/** The values that are made once a reading: equal as long as the same fields are fresh. */
type Made = { last: Last | undefined; fresh: Fresh; values: Soon<Values | undefined>; registers?: Soon<Registers | undefined> }

const NO_FIELDS: Fresh = { state: {}, until: Number.POSITIVE_INFINITY }
const TEXT_TYPE = 'text/plain'
const NOT_AVAILABLE: Reply = { status: 503, type: TEXT_TYPE, text: '' }

/** Makes the replies of one output for one meter: pure, with times as arguments. */
export class Replies {
	readonly output: AskedOutput
	readonly #bridge: Publisher['bridge']
	/** The meter's name in the config. */
	readonly #meter: string
	readonly #suspensions = new Suspensions()
	#made: Made | undefined

	constructor(output: AskedOutput, bridge: Publisher['bridge'], meter: string) {
		this.output = output
		this.#bridge = bridge
		this.#meter = meter
	}

	/** Answers a request of HTTP. `now`: the time (ms since 1970). */
	http(request: Request & { method: string; path: string }, heard: Heard | undefined, now: number): Soon<Answered> {
		const { http } = this.output.asked
		if (!http) return refusal(404, 'path')
		const { path } = request
		const fitting = http.routes.filter((route) => (route.isPrefix ? path.startsWith(route.path) : route.path === path))
		const method = request.method === 'HEAD' ? 'GET' : request.method
		const route = fitting.find(({ methods }) => methods.includes(method))
		if (route) {
			const full = route.isPrefix ? { ...request, rest: path.slice(route.path.length) } : request
			return this.#answer(route.reply, http.unavailable, full, heard, now, NOT_AVAILABLE)
		}
		if (fitting.length > 0) return refusal(405, 'method')
		if (!http.otherwise) return refusal(404, 'path')
		return after(this.#answer(http.otherwise, undefined, request, heard, now, { status: 404, type: TEXT_TYPE, text: '' }), (answered) => ({
			...answered,
			kind: 'refused',
			reason: 'path',
		}))
	}

	/** Answers a datagram. */
	udp(request: Request, heard: Heard | undefined, now: number): Soon<Answered> {
		const { udp } = this.output.asked
		if (!udp || request.body === undefined) return { reply: undefined, kind: 'refused', reason: 'request' }
		return this.#answer(udp.reply, udp.unavailable, request, heard, now, undefined)
	}

	/** Answers a message on a WebSocket. */
	websocket(request: Request, heard: Heard | undefined, now: number): Soon<Answered> {
		const { reply, unavailable } = this.output.asked.http?.websocket ?? {}
		if (!reply || request.body === undefined) return { reply: undefined, kind: 'refused', reason: 'request' }
		return this.#answer(reply, unavailable, request, heard, now, undefined)
	}

	/** Gives the message for a client of a WebSocket when there is a reading; `request`: the last one of that client. */
	notify(request: Request, heard: Heard, now: number): Soon<Answered> {
		const { notify } = this.output.asked.http?.websocket ?? {}
		if (!notify) return { reply: undefined, kind: 'unavailable' }
		return this.#answer(notify, undefined, request, heard, now, undefined)
	}

	/** Gives the registers of Modbus as they are now; undefined while the meter is silent. */
	registers(heard: Heard | undefined): Soon<Registers | undefined> {
		const { modbus } = this.output.asked
		const made = this.#madeOf(heard)
		if (!modbus) return undefined
		made.registers ??= after(made.values, (values) => {
			const scope = this.#scope({}, made, values, '')
			return after(this.#evaluate(modbus.available, scope), (available) =>
				plainOf(available) === undefined ? undefined : registersOf(modbus, (value) => this.#evaluate(value, scope)),
			)
		}) as Soon<Registers | undefined>
		return made.registers
	}

	/** Gives the services that are announced, with what their expressions say; those whose name is no text are left out. */
	async services(): Promise<{ type: string; name: string; txt: Record<string, string> }[]> {
		// A service is announced before the first reading, and stays the same with each.
		const made = this.#make(undefined)
		const scope = this.#scope({}, made, await made.values, '')
		const all = await Promise.all(
			this.output.asked.mdns.map(async ({ type, name, txt }) => ({
				type,
				name: plainOf(await this.#evaluate(name, scope)),
				txt: txt && plainOf(await this.#evaluate(txt, scope)),
			})),
		)
		return all.flatMap(({ type, name, txt }) => (typeof name === 'string' && name !== '' ? [{ type, name, txt: textsOf(txt) }] : []))
	}

	#answer(
		expression: Expression,
		unavailable: Expression | undefined,
		request: Request,
		heard: Heard | undefined,
		now: number,
		usual: Reply | undefined,
	): Soon<Answered> {
		const { decimals } = this.output.asked
		const id = this.#names(expression)
		if (this.#suspensions.skips(id)) return { reply: usual, kind: 'refused', reason: 'error', detail: 'it took too many steps three times' }
		const made = this.#madeOf(heard)
		return after(made.values, (values) => {
			const scope = this.#scope(request, made, values, new Date(now).toISOString())
			return after(this.#evaluate(expression, scope), (result) => {
				this.#suspensions.took(id, 'fault' in result && result.endless)
				const answered = answeredBy(result, decimals)
				if (answered) return answered
				if (!unavailable) return { reply: usual, kind: 'unavailable' }
				return after(this.#evaluate(unavailable, scope), (other) => {
					const instead = answeredBy(other, decimals)
					if (!instead?.reply || (instead.kind === 'refused' && instead.reason === 'error'))
						return instead ?? { reply: usual, kind: 'unavailable' }
					const { reply } = instead
					return { kind: 'unavailable', reply: usual && reply.status < 400 ? { ...reply, status: 503 } : reply }
				})
			})
		}) as Soon<Answered>
	}

	#ids = new Map<Expression, string>()
	/** Names an expression, so that one that is too long does not suspend the others. */
	#names(expression: Expression): string {
		const known = this.#ids.get(expression)
		if (known !== undefined) return known
		const name = String(this.#ids.size)
		this.#ids.set(expression, name)
		return name
	}

	/** Gives what is fresh now, and the values made of it: the same as before where nothing has changed. */
	#madeOf(heard: Heard | undefined): Made {
		const before = this.#made
		const isSame = before?.last?.reading === heard?.last.reading && before?.last?.view === heard?.last.view
		if (before && isSame && (heard?.age ?? 0) <= before.fresh.until) return before
		const made = this.#make(heard)
		this.#made = made
		return made
	}

	#make(heard: Heard | undefined): Made {
		const { asked, choice } = this.output
		if (!heard) return this.#withValues({ last: undefined, fresh: NO_FIELDS, values: undefined })
		const { last, age } = heard
		const limit = choice.maxAge === undefined ? milliseconds(asked.maxAge, last.view.profile.interval) : choice.maxAge * 1000
		const fresh = freshState(last, age, limit, asked.slow)
		return this.#withValues({ last, fresh, values: undefined })
	}

	/** Makes the values, unless a field is absent that they need. */
	#withValues(made: Made): Made {
		const { needs } = this.output.asked
		const isComplete = needs.every((names) => names.some((name) => made.fresh.state[name] !== undefined))
		return isComplete ? { ...made, values: this.#valuesOf(made) } : made
	}

	/** Evaluates the named values, each of which sees those before it; one that fails or gives nothing is absent. */
	#valuesOf(made: Made): Soon<Values> {
		const begun: Values = {}
		const scope = this.#scope({}, made, begun, '')
		let all: Soon<Values> = begun
		for (const [name, expression] of this.output.asked.values)
			all = after(all, (values) =>
				after(this.#evaluate(expression, scope), (result) => {
					const value = plainOf(result)
					if (value !== undefined) values[name] = value
					return values
				}),
			) as Soon<Values>
		return all
	}

	#scope(request: Request, made: Made | undefined, values: Values | undefined, now: string) {
		const { document, choice } = this.output
		const last = made?.last
		const { view, reading } = last ?? {}
		return {
			state: made?.fresh.state ?? NO_FIELDS.state,
			get known() {
				return last?.known ?? last?.state ?? {}
			},
			values: values ?? {},
			request,
			meter: { ...view?.meter, name: this.#meter, ...(reading && { id: reading.id }) },
			profile: view?.profile ?? {},
			options: { ...document.options, ...choice.options },
			bridge: this.#bridge,
			now,
		}
	}

	#evaluate(expression: Expression, scope: object): Soon<Evaluated> {
		return expression.evaluate({ values: scope as Record<string, unknown>, functions }, { left: ANSWER.steps, cpu: cpuTime })
	}
}

const refusal = (status: number, reason: string): Answered => ({
	reply: { status, type: TEXT_TYPE, text: '' },
	kind: 'refused',
	reason,
})

/** The functions of replies. */
const functions = { ...outputFunctions, hex }

/** $hex(text, digits): so many hexadecimal digits that stand for a text, the same each time: for ids of a device that has none. */
function hex(text: unknown, digits: unknown = 12): string | undefined {
	if (text === undefined) return undefined
	if (typeof digits !== 'number' || !Number.isInteger(digits) || digits < 1 || digits > 40)
		throw new Error('$hex: the digits must be from 1 to 40')
	return createHash('sha1').update(String(text)).digest('hex').slice(0, digits)
}
