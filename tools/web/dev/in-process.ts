import { EventEmitter } from 'node:events'
import { Questions } from '../../../engine/workbench/questions.ts'
import type { Question, Said } from '../../../engine/workbench/task.ts'

/** Answers the workbench's questions in this process: a thread of its own takes a second to begin, and has what it keeps for itself. */
export class InProcess extends EventEmitter {
	readonly #questions = new Questions()
	#isOver = false

	constructor() {
		super()
		setImmediate(() => this.#say({ kind: 'ready' }))
	}

	/** Answers a question. */
	postMessage(question: Question): void {
		this.#questions.answer(question).then(
			(answer) => this.#say({ kind: 'answer', answer }),
			(error: unknown) => void this.emit('error', error),
		)
	}

	/** Says no more. */
	terminate(): void {
		this.#isOver = true
	}

	unref(): void {}

	#say(said: Said): void {
		if (!this.#isOver) this.emit('message', said)
	}
}
