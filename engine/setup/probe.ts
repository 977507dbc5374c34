import { setTimeout as sleep } from 'node:timers/promises'
import type { Probe as ProbeView, Problem, Proposal, Tried } from '../../schema/types/api.ts'
import type { Detected } from '../decode/detect.ts'
import type { Library } from '../profile/library.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { Port } from '../transport/port.ts'
import { Evidence } from './evidence.ts'
import { type Ciphered, checkKeys, cipheredAs } from './keys.ts'
import { attempts, type LineSetting } from './lines.ts'
import { type End, listen } from './listen.ts'
import { keyText, nothingCame, readText, strangeText, triedWith, unknownText } from './probe-text.ts'
import { codeOf, counted, problemOf } from './problem.ts'
import { type Place, propose } from './proposals.ts'

/** Seconds that a bridge, or a line that a person named, is listened to: a person waits for the answer. */
const BRIDGE = 28
/** Seconds that bytes are collected after the first frames. */
const HELD_ON = 60
/** Milliseconds between two looks at what came. */
const LOOK = 400

export type ProbeSettings = {
	id: string
	place: Place
	/** The only setting that is listened with; all known ones otherwise. */
	line?: LineSetting | undefined
	keys: Keys
	/** The only profile that is looked at. */
	profile?: string | undefined
	library(): Library
	/** Names of meters that there are. */
	taken(): string[]
	/** Says more of why a device cannot be opened. */
	why(place: Place): Problem | undefined
	/** Called when the view has changed. */
	changed(): void
	/** How many times faster than usual the time on each line passes: for tests. */
	hurry?: number
}

/** An attempt with one setting of the line. */
type Entry = { setting: LineSetting; tried: Tried; evidence: Evidence; end: End | undefined }

/** Listens at a place for a meter, with one setting of the line after the other, until something is found or all were tried. It ends by itself. */
export class Probe {
	readonly place: Place
	readonly #settings: ProbeSettings
	readonly #started = performance.now()
	#state: ProbeView['state'] = 'listening'
	#text = 'The port is opened.'
	#problem: Problem | undefined
	#proposals: Proposal[] = []
	readonly #tried = new Map<string, Entry>()
	#line: LineSetting | undefined
	#evidence: Evidence | undefined
	#began = 0
	#detected: Detected | undefined
	#ciphered: Ciphered | undefined
	/** Keys that fit, and those that were given before there was anything to check them with. */
	#keys: Keys = {}
	#given: Keys
	#port: Port | undefined
	#run: Promise<void> | undefined
	readonly #ending = new AbortController()
	#ended: number | undefined
	/** Telegrams that the proposals were made of. */
	#proposedOf = 0
	#working: Promise<void> | undefined

	constructor(settings: ProbeSettings) {
		this.#settings = settings
		this.place = settings.place
		this.#given = settings.keys
	}

	/** Shows what is known now. */
	view(): ProbeView {
		const isOver = this.#ended !== undefined
		return {
			id: this.#settings.id,
			state: this.#state,
			...(this.#line && { line: this.#line.name }),
			tried: [...this.#tried.values()].map(({ tried }) => tried),
			text: this.#text,
			...(this.#problem && { problem: this.#problem }),
			proposals: this.#proposals,
			seconds: Math.round(((isOver ? (this.#ended ?? 0) : performance.now()) - this.#started) / 1000),
			...(this.recorded() && { record: true }),
		}
	}

	/** Whether its port is open, or will be opened again. */
	get running(): boolean {
		return this.#ended === undefined
	}

	/** The bytes of the line that says most, and the keys that open them; undefined when nothing came. */
	recorded(): { evidence: Evidence; line: LineSetting | undefined; keys: Keys } | undefined {
		const [best] = [...this.#tried.values()].sort((one, other) => other.evidence.weight - one.evidence.weight)
		const { evidence, line } = this.#evidence
			? { evidence: this.#evidence, line: this.#line }
			: { evidence: best?.evidence, line: best?.setting }
		return evidence && evidence.bytes > 0 ? { evidence, line, keys: this.#keys } : undefined
	}

	/** Begins to listen. */
	start(): void {
		this.#run ??= this.#listened()
	}

	/** Resolves when it has ended. */
	async ended(): Promise<void> {
		await this.#run
	}

	async #listened(): Promise<void> {
		try {
			await this.#search()
			if (this.#evidence && !this.#ending.signal.aborted) await this.#collect(this.#evidence)
		} finally {
			await this.#port?.close()
			this.#conclude()
		}
	}

	/** Takes keys; what is wrong with them stands in the view's problem. */
	async keys(given: Keys): Promise<void> {
		this.#given = given
		this.#problem = undefined
		this.#evidence?.again()
		this.#proposedOf = 0
		await this.#working
		await this.#progress()
	}

	/** Says what is wrong with keys, by what came; undefined when nothing is, or nothing is known. */
	wrong(keys: Keys): Problem | undefined {
		const [chunks, detected] = [this.#evidence?.chunks(), this.#detected]
		return chunks && detected && this.#ciphered ? checkKeys(chunks, detected, keys).problem : undefined
	}

	/** Ends it, and closes its port. All that was found stays. */
	async close(): Promise<void> {
		this.#ending.abort()
		await this.#run
	}

	async #search(): Promise<void> {
		const { place, line, library } = this.#settings
		const only = place.kind === 'tcp' ? { name: `${place.host}:${place.port}`, transport: line?.transport ?? {} } : line
		if (only) {
			await this.#listen(only, BRIDGE)
			return
		}
		const heard = () => [...this.#tried.values()].some(({ evidence }) => evidence.bytes > 0)
		const open = (name: string) => this.#tried.get(name)?.evidence.isOpen === true
		for (const { setting, seconds } of attempts(library, heard, open)) {
			const end = await this.#listen(setting, seconds)
			if (end === 'found' || end === 'failed' || end === 'closed') return
		}
	}

	/** Listens with one setting. When something was found, the port stays open. */
	async #listen(setting: LineSetting, seconds: number): Promise<End> {
		const { place, hurry = 1, why } = this.#settings
		const evidence = new Evidence(Date.now())
		const entry: Entry = { setting, tried: { line: setting.name, bytes: 0, frames: 0, text: 'listening' }, evidence, end: undefined }
		// The last one stands last.
		this.#tried.delete(setting.name)
		this.#tried.set(setting.name, entry)
		this.#line = setting
		this.#began = Date.now()
		this.#say(`Listening with ${setting.name}.`)
		const milliseconds = (seconds * 1000) / hurry
		const looked = () => this.#evidence ?? this.#note(entry)
		const { end, port, trouble } = await listen({ place, setting, milliseconds, evidence, looked, signal: this.#ending.signal })
		this.#port = port
		entry.end = end
		this.#note(entry)
		if (end === 'found') this.#evidence = evidence
		if (trouble !== undefined) this.#problem = why(place) ?? problemOf(place.kind === 'tcp' ? 'bridge' : codeOf(trouble), trouble)
		return end
	}

	/** Goes on collecting on the line that was found, and proposes again as more comes. */
	async #collect(evidence: Evidence): Promise<void> {
		const { hurry = 1 } = this.#settings
		const { signal } = this.#ending
		const until = performance.now() + (HELD_ON * 1000) / hurry
		let seen = -1
		const look = () => {
			if (evidence.bytes === seen || this.#working !== undefined) return
			seen = evidence.bytes
			void this.#progress()
		}
		look()
		while (!signal.aborted && performance.now() < until) {
			await sleep(LOOK, undefined, { signal }).catch(() => undefined)
			look()
		}
		await this.#working
	}

	/** Makes of what was found a state, a text and proposals: one after the other. */
	#progress(): Promise<void> {
		const work = (this.#working ?? Promise.resolve())
			.then(() => this.#judged())
			.catch((error: Error) => {
				this.#problem = { code: 'mistake', text: `This could not be looked at (${error.message}): please report it.` }
			})
			.then(() => {
				if (this.#working === work) this.#working = undefined
				this.#settings.changed()
			})
		this.#working = work
		return work
	}

	async #judged(): Promise<void> {
		const evidence = this.#evidence
		const line = this.#line
		const detected = evidence?.detected(this.#keys)
		if (!evidence || !line || !detected) return
		const entry = this.#tried.get(line.name)
		if (entry) this.#note(entry)
		this.#detected = detected
		const chunks = evidence.chunks()
		this.#ciphered ??= cipheredAs(chunks, detected)
		if (this.#ciphered) this.#check(chunks, detected)
		const protocol = evidence.detected(this.#keys) ?? detected
		const telegrams = evidence.telegrams(protocol, this.#keys).length
		if (telegrams === 0) {
			this.#state = this.#ciphered ? 'key-wanted' : this.#state
			const { count } = evidence.frames()
			this.#text = this.#ciphered ? keyText(this.#ciphered) : `${counted(count, 'frame')} of ${detected.link}, and no whole telegram yet.`
			return
		}
		if (telegrams < 2 * this.#proposedOf || (this.#proposedOf > 0 && telegrams === this.#proposedOf)) return
		this.#proposedOf = telegrams
		this.#text = `${counted(telegrams, 'telegram')}: the profiles are compared.`
		this.#settings.changed()
		const { library, place, taken, profile } = this.#settings
		this.#proposals = await propose({
			...{ evidence, detected: protocol, keys: this.#keys, place, line, began: this.#began, only: profile },
			library: library(),
			taken: taken(),
			tagged: this.#ciphered?.tagged === true && !this.#keys.authentication,
		})
		// A key that does not fit is put right, or left out, before a person goes on.
		if (this.#proposals.length > 0) this.#state = this.#problem ? 'key-wanted' : 'reading'
		else if (this.#state === 'key-wanted') this.#state = 'listening'
		this.#text = readText(this.#proposals, telegrams)
	}

	/** Checks keys that were given: those that fit are used. */
	#check(chunks: Uint8Array[], detected: Detected): void {
		const given = this.#given
		if (!given.encryption && !given.authentication) return
		const verdict = checkKeys(chunks, detected, given)
		this.#given = {}
		this.#problem = verdict.problem
		if (!verdict.fits.encryption) return
		this.#keys = verdict.fits
		this.#evidence?.again()
	}

	/** Writes down what came on a line. */
	#note(entry: Entry): void {
		const before = entry.tried.text
		entry.tried = triedWith(entry.tried.line, entry.evidence, this.#keys, entry.end !== undefined, this.place.kind === 'tcp')
		if (before !== entry.tried.text && !this.#evidence) this.#say(`${entry.tried.line}: ${entry.tried.text}.`)
	}

	#say(text: string): void {
		this.#text = text
		this.#settings.changed()
	}

	/** Says how it ended. */
	#conclude(): void {
		this.#ended = performance.now()
		if (this.#state === 'listening') {
			const came = this.recorded()?.evidence
			if (this.#ending.signal.aborted) {
				this.#state = 'ended'
				this.#text = 'It was ended.'
			} else if (came) {
				this.#state = 'unknown'
				this.#text = this.#evidence ? unknownText(this.#proposedOf, this.#detected) : strangeText(came, this.place)
			} else {
				this.#state = 'failed'
				this.#problem ??= nothingCame(this.#settings.place)
				this.#text = this.#problem.text
			}
		}
		this.#settings.changed()
	}
}
