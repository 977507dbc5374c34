import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { Questions } from './questions.ts'
import type { Answer, Question, Said } from './task.ts'

/** How much the thread gives way to meters that are read: on Linux a priority belongs to a thread. */
const NICE = 10

giveWay()
const questions = new Questions()

parentPort?.on('message', (question: Question) => {
	void questions.answer(question).then(say, (error: unknown) => {
		// The error ends the thread, and the process names it.
		setImmediate(() => {
			throw error
		})
	})
})
parentPort?.postMessage({ kind: 'ready' } satisfies Said)

/** Hands an answer over; its bytes are not copied. */
function say(answer: Answer): void {
	const said: Said = { kind: 'answer', answer }
	parentPort?.postMessage(said, 'bytes' in answer ? [answer.bytes.buffer as ArrayBuffer] : [])
}

function giveWay(): void {
	if (process.platform !== 'linux') return
	try {
		setPriority(0, NICE)
	} catch {
		// It may be forbidden: then it does not give way.
	}
}
