import { parsed } from '../visible.ts'
import type { ApiError } from './types.ts'

/** The server has answered with an error, or has not answered (`status` 0). `body`: the answer as it came, where there was one. */
export class Refused extends Error {
	readonly status: number
	readonly code: string
	readonly hint: string | undefined
	/** Numbers and names in the message, for its translation. */
	readonly params: ApiError['params']
	readonly findings: unknown[]
	readonly body: unknown

	constructor(status: number, error: ApiError, body?: unknown) {
		super(error.message)
		this.status = status
		this.code = error.code
		this.hint = error.hint
		this.params = error.params
		this.findings = error.findings ?? []
		this.body = body
	}
}

/** Milliseconds until a server that says nothing counts as gone. */
const PATIENCE = 15_000

/** Gives the address of a part of the API, wherever the page lies: `address('meters')`. */
export const address = (path: string): string => new URL(`api/${path}`, document.baseURI.replace(/#.*$/, '')).href

type Call = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal }

/** Asks the server and gives its JSON (undefined where it gives none); throws `Refused`. */
export async function call<Answer>(path: string, asked: Call = {}): Promise<Answer> {
	const { response, text } = await answerTo(path, asked)
	const answer: unknown = text === '' ? undefined : read(text, /^(config|workbench\/)/.test(path))
	if (!response.ok) throw new Refused(response.status, errorOf(answer, response), answer)
	return answer as Answer
}

/** Gets a text of the server, a recording, as it is; throws `Refused`. */
export async function callText(path: string): Promise<string> {
	const { response, text } = await answerTo(path, {})
	if (!response.ok) throw new Refused(response.status, errorOf(read(text, false), response))
	return text
}

async function answerTo(path: string, { method = 'GET', body, headers, signal }: Call): Promise<{ response: Response; text: string }> {
	const late = AbortSignal.timeout(PATIENCE)
	let response: Response
	try {
		response = await fetch(address(path), {
			method,
			credentials: 'same-origin',
			headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
			...(body !== undefined && { body: JSON.stringify(body) }),
			signal: signal ? AbortSignal.any([signal, late]) : late,
		})
	} catch (error) {
		if (signal?.aborted) throw error
		throw new Refused(0, { code: 'unreachable', message: 'The server does not answer.' })
	}
	return { response, text: await response.text() }
}

/** The texts of the config and of profiles are edited and saved: they come as they are. All else is only shown. */
function read(text: string, exact: boolean): unknown {
	try {
		return exact ? JSON.parse(text) : parsed(text)
	} catch {
		return undefined
	}
}

function errorOf(answer: unknown, response: Response): ApiError {
	if (typeof answer === 'object' && answer !== null && 'error' in answer) {
		const { error } = answer
		if (typeof error === 'object' && error !== null && 'message' in error) return { code: 'error', ...error } as ApiError
	}
	return { code: `http-${response.status}`, message: response.statusText || `HTTP ${response.status}` }
}
