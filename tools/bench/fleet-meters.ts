import { createHash } from 'node:crypto'
import { blockFrames, p1Telegram, sealed, u32 } from '../../test/support/craft.ts'
import { e450Opened, recorded } from './inputs.ts'
import { am550Telegram, replaced } from './variants.ts'

/**
 * A meter of a simulated fleet: a recorded telegram with an id, and a counter that says which telegram of which meter it is. Keys are hex, for ciphered
 * ones; `field` is the reading's field that has to be `value(n)` in its n-th telegram.
 */
export type FleetMeter = {
	name: string
	profile: string
	keys?: { encryption: string; authentication: string }
	field: 'energy_import' | 'energy_import_t1'
	value(n: number): number
	telegram(n: number): Uint8Array
}

type Kind = (place: number) => Omit<FleetMeter, 'name' | 'value'>

/** Every third meter is of the same kind: E450 ciphered with a tag, AM550 push list, P1 version 5. `place`: 0 to 999. */
export function fleetMeter(place: number): FleetMeter {
	const kind = kinds[place % kinds.length] as Kind
	return { name: `meter${String(place).padStart(4, '0')}`, value: (n) => counter(place, n), ...kind(place) }
}

/** Watt-hours that no other telegram of the fleet has. */
const counter = (place: number, n: number) => (place + 1) * 1_000_000 + n

const kinds: Kind[] = [e450, am550, p1]

function e450(place: number): ReturnType<Kind> {
	const { plaintext } = opened()
	const title = Uint8Array.from(Buffer.from(`LGZ${String(place).padStart(5, '0')}`, 'latin1'))
	const key = (use: string) => createHash('sha256').update(`${use} ${place}`).digest('hex').slice(0, 32).toUpperCase()
	const [encryption, authentication] = [key('encryption'), key('authentication')]
	return {
		profile: 'lg-e450-austria',
		keys: { encryption, authentication },
		field: 'energy_import',
		telegram: (n) =>
			concatenated(
				blockFrames(sealed(replaced(plaintext, u32(4_408_736), u32(counter(place, n))), encryption, authentication, title, n + 1), 0x77),
			),
	}
}

function am550(place: number): ReturnType<Kind> {
	const first = recorded('romande-energie-am550/vse-2026')
	return { profile: 'romande-energie-am550', field: 'energy_import', telegram: (n) => am550Telegram(first, place, counter(place, n)) }
}

function p1(place: number): ReturnType<Kind> {
	const [identification = '', , ...lines] = Buffer.from(recorded('dsmr/version-5')).toString('latin1').split('\r\n')
	const id = Buffer.from(`K8EG${String(place).padStart(12, '0')}`)
		.toString('hex')
		.toUpperCase()
	const end = lines.findIndex((line) => line.startsWith('!'))
	return {
		profile: 'dsmr',
		field: 'energy_import_t1',
		telegram: (n) =>
			p1Telegram(
				identification.slice(1),
				lines.slice(0, end).map((line) => {
					if (line.startsWith('0-0:96.1.1(')) return `0-0:96.1.1(${id})`
					if (!line.startsWith('1-0:1.8.1(')) return line
					const watthours = String(counter(place, n)).padStart(9, '0')
					return `1-0:1.8.1(${watthours.slice(0, 6)}.${watthours.slice(6)}*kWh)`
				}),
			),
	}
}

let openedBefore: ReturnType<typeof e450Opened> | undefined
const opened = () => (openedBefore ??= e450Opened())

const concatenated = (parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts))
