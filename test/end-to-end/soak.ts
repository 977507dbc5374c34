import { parseArgs } from 'node:util'
import { steady } from '../faults/steady.ts'

/**
 * `npm run test:soak -- [--minutes N] [--rate N]`: the demo's meters at so many telegrams a second (100) for so many minutes (5). Prints the slope of
 * the heap (regression over forced collections), the largest resident memory and the descriptors; ends with 1 when a limit is broken: 0.2 MB an
 * hour (of an hour's run), 120 MB, no descriptor more.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' }, rate: { type: 'string', default: '100' } } })
const [minutes, wanted] = [Number(values.minutes), Number(values.rate)]
const { rate, lines, heap, resident, descriptors } = await steady(minutes, wanted)
console.log(`${minutes} min, ${rate.toFixed(1)} readings a second, ${lines} lines of log meanwhile`)
console.log(
	`heap ${heap.first.toFixed(2)} MB → ${heap.last.toFixed(2)} MB, slope ${heap.slope.toFixed(3)} MB an hour over ${heap.samples} forced collections`,
)
console.log(`resident memory at most ${resident.toFixed(1)} MB; descriptors ${descriptors >= 0 ? '+' : ''}${descriptors}`)
// Over less than an hour the noise of the collections is larger than the limit.
const flat = minutes < 60 || heap.slope <= 0.2
process.exitCode = heap.samples > 2 && flat && resident <= 120 && descriptors <= 0 && rate >= wanted * 0.9 ? 0 : 1
