import { hex } from '../../engine/bytes/hex.ts'
import type { Capture } from '../../engine/transport/capture.ts'
import type { SimulatedMeter } from './meters.ts'

/**
 * Makes a recording of what a simulated meter sends behind `from` up to `to` (ms since 1970), a telegram each `interval` seconds: with transport `capture`
 * and `speed` a day passes as quickly as one likes.
 */
export function recordingOf(
	{ part, house, telegrams }: Pick<SimulatedMeter, 'part' | 'house' | 'telegrams'>,
	from: number,
	to: number,
): Capture {
	const every = part.interval * 1000
	const lines: Capture['lines'] = []
	for (let at = Math.floor(from / every) * every + every; at <= to; at += every)
		lines.push({ t: at - from, hex: hex(telegrams.write(house.at(at))) })
	const { meter, transport } = telegrams.header
	const header: Capture['header'] = {
		capture: 1,
		meter,
		source: 'simulated by tools/demo',
		license: 'MIT',
		recorded: false,
		...(transport && { transport }),
	}
	return { header, lines }
}
