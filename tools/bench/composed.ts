import { readFileSync } from 'node:fs'
import { concat, fromLatin1, hex } from '../../engine/bytes/hex.ts'
import { packageRoot } from '../../engine/files/package.ts'
import { blockFrames, obisOctets, octets, p1Telegram, sealed, u32 } from '../../test/support/craft.ts'
import { e450Encrypted, e450Opened, profileNamed, type Source } from './inputs.ts'

/** Telegrams of as many registers as asked, of codes that readings have fields for, as far as there are: for curves. */

type Code = { obis: string; unit: string }

/** Units that P1 writes in thousands, and those that it writes as they are. */
const WRITTEN: Record<string, string> = { W: 'kW', Wh: 'kWh', var: 'kvar', varh: 'kvarh', VA: 'kVA', V: 'V', A: 'A' }

function codes(count: number): Code[] {
	const schema = JSON.parse(readFileSync(new URL('schema/reading.schema.json', packageRoot), 'utf8')) as {
		properties: Record<string, Partial<Code>>
	}
	const known = Object.values(schema.properties).flatMap(({ obis, unit }) =>
		obis !== undefined && /^\d+\.\d+\.\d+$/.test(obis) && unit !== undefined && unit in WRITTEN ? [{ obis, unit }] : [],
	)
	const others = Array.from({ length: Math.max(0, count - known.length) }, (_, place) => ({ obis: `15.9.${place}`, unit: 'Wh' }))
	return [...known, ...others].slice(0, count)
}

/** A counter rises, whatever else there is moves. */
const numberOf = ({ obis, unit }: Code, meter: number, round: number) => {
	if (unit === 'V') return 230 + ((meter + round) % 5)
	return /\.[89]\./.test(obis) ? 1_000_000 + round : 100 + ((round * 7 + meter) % 900)
}

/** P1 telegrams of so many registers. */
export function p1Of(registers: number): Source {
	const all = codes(registers)
	return {
		name: `P1 of ${registers} registers`,
		profile: profileNamed('dsmr'),
		keys: () => ({}),
		telegram(meter, round) {
			const id = hex(fromLatin1(`K8EG${String(meter).padStart(12, '0')}`))
			const lines = all.map((code) => {
				const value = numberOf(code, meter, round)
				const written = WRITTEN[code.unit]?.startsWith('k') ? (value / 1000).toFixed(3).padStart(10, '0') : String(value).padStart(3, '0')
				return `1-0:${code.obis}(${written}*${WRITTEN[code.unit]})`
			})
			return p1Telegram('KFM5KAIFA-METER', [`0-0:96.1.1(${id})`, ...lines])
		},
	}
}

/** Ciphered DLMS telegrams of so many registers: those of the E450, with a longer list. */
export function dlmsOf(registers: number): Source {
	const [all, recorded, source] = [codes(registers), e450Opened().plaintext, e450Encrypted()]
	// The notification's header and time; of its list, the meter's clock.
	const [header, clock] = [recorded.subarray(0, 18), recorded.subarray(20, 34)]
	const count = 1 + 2 * registers
	const list = Uint8Array.of(0x02, 0x82, count >> 8, count & 0xff)
	return {
		...source,
		name: `DLMS of ${registers} registers`,
		telegram(meter, round) {
			const pairs = all.flatMap((code) => [octets(obisOctets(`1-0:${code.obis}`)), u32(numberOf(code, meter, round))])
			const { encryption, authentication } = source.keys(meter)
			if (!encryption || !authentication) throw new Error('keys are missing')
			const title = source.apdu(meter, round).subarray(2, 10)
			const apdu = sealed(concat([header, list, clock, ...pairs]), hex(encryption), hex(authentication), title, 100_000 + round)
			return new Uint8Array(Buffer.concat(blockFrames(apdu, 0x77)))
		},
	}
}
