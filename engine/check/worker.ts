import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { checkRound } from './round.ts'
import type { Task, Told } from './task.ts'

/** How much the thread gives way while it checks what no meter uses: on Linux a priority belongs to a thread. */
const NICE = 10

/** The thread that checks profiles: takes a task, and a later one in its place. */
let newest: object | undefined

parentPort?.on('message', (task: Task) => {
	newest = task
	let isUsedDone = false
	const tell = (told: Told) => {
		if (isUsedDone && told.kind === 'begins') giveWay()
		isUsedDone ||= told.kind === 'used'
		if (newest === task) parentPort?.postMessage(told)
	}
	void checkRound(task, tell, () => newest !== task).catch((error: unknown) => {
		// The error ends the thread, and the process names it.
		setImmediate(() => {
			throw error
		})
	})
})

function giveWay(): void {
	if (process.platform !== 'linux') return
	try {
		setPriority(0, NICE)
	} catch {
		// It may be forbidden: then it does not give way.
	}
}
