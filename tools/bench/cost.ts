import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * What telegrams cost a process, as Linux counts it: CPU µs each, of the thread that runs JavaScript and of all others (V8's helpers); megabytes that were
 * resident at the end, and at most; telegrams a second.
 */
export type Cost = { main: number; others: number; resident: number; peak: number; perSecond: number }

/** CPU µs a telegram of the whole process. */
export const cpu = ({ main, others }: Cost): number => main + others

/** A process goes on for a moment when its last reading is out: acknowledgements come, V8's helpers tidy up. */
const AFTERWARDS = 50

/** Measures a process while `work` has it do so many telegrams. */
export async function costOf(pid: number, telegrams: number, work: () => Promise<void>): Promise<Cost> {
	// Sets the peak back to what is resident now.
	writeFileSync(`/proc/${pid}/clear_refs`, '5')
	const [before, started] = [cpuOf(pid), performance.now()]
	await work()
	const seconds = (performance.now() - started) / 1000
	await new Promise((resolve) => setTimeout(resolve, AFTERWARDS))
	const spent = between(before, cpuOf(pid))
	const { resident, peak } = memoryOf(pid)
	return {
		main: (spent.get(String(pid)) ?? 0) / telegrams,
		others: [...spent].reduce((sum, [task, used]) => (task === String(pid) ? sum : sum + used), 0) / telegrams,
		resident,
		peak,
		perSecond: telegrams / seconds,
	}
}

/** Gives the CPU µs of a process so far; not a number where that is not known. */
export function spentBy(pid: number | undefined): number {
	try {
		return [...cpuOf(pid ?? 0).values()].reduce((sum, used) => sum + used, 0)
	} catch {
		return Number.NaN
	}
}

/** CPU µs so far of each thread of a process. */
function cpuOf(pid: number): Map<string, number> {
	return new Map(readdirSync(`/proc/${pid}/task`).map((task) => [task, threadOf(pid, task)]))
}

/** What each thread has used since then; one that has ended meanwhile is left out. */
function between(before: Map<string, number>, after: Map<string, number>): Map<string, number> {
	return new Map([...after].map(([task, used]) => [task, used - (before.get(task) ?? 0)]))
}

/** CPU µs of a thread: by the scheduler's nanoseconds, or by hundredths of a second where a kernel does not count those. */
function threadOf(pid: number, task: string): number {
	const schedule = read(`${pid}/task/${task}/schedstat`)
	if (schedule) return Number(schedule.split(' ')[0]) / 1000
	const fields = read(`${pid}/task/${task}/stat`).split(') ')[1]?.split(' ') ?? []
	return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10_000
}

/** Gives the megabytes of a process that are resident, and that were at most since the peak was set back; not a number where that is not known. */
export function memoryOf(pid: number): { resident: number; peak: number } {
	const status = read(`${pid}/status`)
	const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
	return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}

/** Reads what Linux tells of a process; nothing of one that has ended, and on other systems. */
function read(file: string): string {
	try {
		return readFileSync(`/proc/${file}`, 'utf8')
	} catch {
		return ''
	}
}
