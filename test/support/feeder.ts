import { openHistory } from '../../engine/history/history.ts'
import { readingAt, valueAt } from './days.ts'

/**
 * Feeds a history with a day in some seconds until it is killed: `feeder.ts FILE FROM SPEED`. A reading each second of its own clock, which starts at `FROM`
 * (seconds since 1970); each that was added is told by its time on a line, after the write that would have come by then. It prints `ready` first.
 */
const [file = '', from = '0', speed = '1000'] = process.argv.slice(2)
let time = Number(from)
const history = await openHistory({
	file,
	days: 800,
	minuteDays: 7,
	tariffs: () => [],
	zone: () => 'Europe/Zurich',
	tell: (text) => console.log(`told ${text}`),
	now: () => time * 1000,
})
console.log('ready')
// Each hundredth of a second so many readings: timers of the history run in between, sooner or later than they would.
setInterval(() => {
	for (let count = 0; count < Number(speed) / 100; count++) {
		time++
		history?.add(readingAt(time, { energy_import: valueAt(time), energy_export: valueAt(time + 12_345), power_net: 100 }))
		const second = time % 900
		// The writes that come after 100 ms and after a second in life.
		if (second === 1 || second >= 871 || time % 60 === 0) history?.flush()
	}
	console.log(time)
}, 10)
