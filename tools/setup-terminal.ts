import { createInterface, type Interface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { visible } from '../engine/text/visible.ts'
import type { Problem } from '../schema/types/api.ts'

/** Thrown when a person ends the set-up: by Ctrl+C or Ctrl+D. */
export class Ended extends Error {}

/** A choice for a person. */
export type Choice<T> = { text: string; more?: string; value: T; key?: string }

/** Questions on a terminal, by keys alone; lines have as many columns as the terminal. */
export class Terminal {
	readonly #lines: Interface
	readonly #ending = new AbortController()
	/** Typed text is shown: while a question waits whose answer is not secret. */
	#isShown = false
	/** A line that is written over. */
	#isLive = false

	constructor() {
		const output = new Writable({
			write: (chunk: Buffer, _, done) => {
				if (this.#isShown) process.stdout.write(chunk)
				done()
			},
		})
		this.#lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 })
		this.#lines.on('SIGINT', () => this.#ending.abort())
		this.#lines.on('close', () => this.#ending.abort())
	}

	/** Aborted when a person ends the set-up. */
	get signal(): AbortSignal {
		return this.#ending.signal
	}

	/** Says a text, in lines of the terminal's width. */
	say(text = '', indent = ''): void {
		this.#over()
		for (const line of wrapped(text, this.#width(), indent)) process.stdout.write(`${line}\n`)
	}

	/** Says how something goes on, in a line that the next one replaces. */
	live(text: string): void {
		const width = this.#width()
		const shown = visible(text)
		process.stdout.write(`\r\x1b[K${shown.length >= width ? `${shown.slice(0, width - 2)}…` : shown}`)
		this.#isLive = true
	}

	/** Asks for a text; Enter takes the one in brackets. `fault` says what is wrong with an answer. */
	async ask(question: string, preset = '', fault: (answer: string) => string | undefined = () => undefined): Promise<string> {
		for (;;) {
			const answer = (await this.#question(`${question}${preset === '' ? '' : ` [${preset}]`}: `)).trim() || preset
			const wrong = fault(answer)
			if (wrong === undefined) return answer
			this.say(wrong, '  ')
		}
	}

	/** Asks for a secret: nothing is shown of what is typed. */
	async secret(question: string): Promise<string> {
		this.#over()
		process.stdout.write(`${question}: `)
		const answer = await this.#question('', false)
		process.stdout.write('\n')
		return answer.trim()
	}

	/** Asks yes or no. */
	async confirm(question: string, preset: boolean): Promise<boolean> {
		const answer = await this.ask(`${question} (y/n)`, preset ? 'y' : 'n', (text) =>
			/^(y|yes|n|no)$/i.test(text) ? undefined : 'y for yes, n for no.',
		)
		return /^y/i.test(answer)
	}

	/** Lets a person choose one of several by its number, or by its key. */
	async choose<T>(question: string, choices: readonly Choice<T>[], preset = 1): Promise<T> {
		for (const [place, { text, more }] of choices.entries()) {
			const number = String(place + 1).padStart(3)
			this.say(`${number}  ${text}`, '     ')
			if (more !== undefined) this.say(`     ${more}`, '     ')
		}
		const found = (answer: string) => choices[Number(answer) - 1] ?? choices.find(({ key }) => key !== undefined && key === answer)
		const answer = await this.ask(question, String(preset), (text) => (found(text) ? undefined : `A number from 1 to ${choices.length}.`))
		const choice = found(answer)
		if (!choice) throw new Ended()
		return choice.value
	}

	/** Tells whether a person has pressed Enter since: while something goes on. `forget` ends it. */
	entered(): { is(): boolean; forget(): void } {
		let is = false
		const onLine = () => {
			is = true
		}
		this.#lines.on('line', onLine)
		return { is: () => is, forget: () => void this.#lines.off('line', onLine) }
	}

	/** Gives the terminal back. */
	close(): void {
		this.#over()
		this.#lines.close()
	}

	async #question(text: string, isShown = true): Promise<string> {
		this.#over()
		this.#isShown = isShown
		try {
			return await this.#lines.question(text, { signal: this.#ending.signal })
		} catch {
			throw new Ended()
		} finally {
			this.#isShown = false
		}
	}

	/** Ends the line that is written over. */
	#over(): void {
		if (this.#isLive) process.stdout.write('\r\x1b[K')
		this.#isLive = false
	}

	#width(): number {
		return Math.max(40, Math.min(100, process.stdout.columns || 80))
	}
}

/** Breaks a text at its blanks; `indent`: what later lines begin with. */
export function wrapped(text: string, width: number, indent = ''): string[] {
	const lines: string[] = []
	for (const line of text.split('\n')) {
		const [start = ''] = /^ */.exec(line) ?? []
		let now = start
		let isEmpty = true
		for (const word of visible(line.trim()).split(' ')) {
			if (!isEmpty && now.length + 1 + word.length > width) {
				lines.push(now)
				now = indent
				isEmpty = true
			}
			now += isEmpty ? word : ` ${word}`
			isEmpty = false
		}
		lines.push(now)
	}
	return lines
}

/** Says a problem, and what to do. */
export function sayProblem(terminal: Terminal, { text, hint }: Pick<Problem, 'text' | 'hint'>): void {
	terminal.say(`  ${text}`, '  ')
	if (hint !== undefined) terminal.say(`  ${hint}`, '  ')
}
