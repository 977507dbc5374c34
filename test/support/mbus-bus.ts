/** A meter on a simulated M-Bus: its telegrams, asked one by one at its primary address or after its selection. `silent`: it never answers. */
export type BusMeter = { address: number; telegrams: Uint8Array[]; silent?: boolean; ignoresFrameCount?: boolean }

/**
 * Simulates an M-Bus with its converter, by EN 13757-2 and -3: reset, selection by secondary address with wildcards, requests with their frame count bit.
 * `echo`: the converter gives back what it is sent. `hear` takes bytes of the master; `asked` has its messages.
 */
export function simulatedBus(meters: BusMeter[], write: (bytes: Uint8Array) => void, echo = false) {
	const asked: string[] = []
	const states = meters.map((meter) => ({ meter, place: 0, lastBit: -1, selected: false }))
	let buffer = Buffer.alloc(0)

	function answer(message: Buffer): void {
		asked.push(message.toString('hex'))
		if (echo) write(message)
		const at = message[0] === 0x10 ? 1 : 4
		const [control = 0, address = 0] = [message[at], message[at + 1]]
		const told = states.filter((one) => address === 254 || one.meter.address === address || (address === 253 && one.selected))
		if (control === 0x40) {
			for (const one of told) Object.assign(one, { place: 0, lastBit: -1 })
			if (address === 253) for (const one of states) one.selected = false
			else if (told.some(({ meter }) => meter.silent !== true)) write(Uint8Array.of(0xe5))
		} else if (message[6] === 0x52) {
			for (const one of states) one.selected = !one.meter.silent && fits(message.subarray(7, 15), one.meter.telegrams[0] ?? message)
			for (const one of states) if (one.selected) Object.assign(one, { place: 0, lastBit: -1 })
			if (states.some((one) => one.selected)) write(Uint8Array.of(0xe5))
		} else
			for (const one of told) {
				const bit = control & 0x20
				if (one.lastBit >= 0 && bit !== one.lastBit && !one.meter.ignoresFrameCount) one.place++
				one.lastBit = bit
				const telegram = one.meter.telegrams[one.place % one.meter.telegrams.length]
				// A UART and a bridge cut answers in two.
				if (telegram && !one.meter.silent) {
					write(telegram.subarray(0, 20))
					setTimeout(() => write(telegram.subarray(20)), 30)
				}
			}
	}

	return {
		asked,
		hear(chunk: Uint8Array): void {
			buffer = Buffer.concat([buffer, chunk])
			for (;;) {
				const length = buffer[0] === 0x10 ? 5 : (buffer[1] ?? 255) + 6
				if (buffer.length < length) return
				answer(buffer.subarray(0, length))
				buffer = buffer.subarray(length)
			}
		},
	}
}

/** Whether a telegram's header (identification, manufacturer, version, medium) fits a selection, in which F and FF stand for anything. */
function fits(selection: Uint8Array, telegram: Uint8Array): boolean {
	const half = (wanted: number, has: number) => wanted === 0xf || wanted === has
	return selection.every((wanted, at) => {
		const has = telegram[7 + at] ?? 0
		return at < 4 ? half(wanted >> 4, has >> 4) && half(wanted & 15, has & 15) : wanted === 0xff || wanted === has
	})
}
