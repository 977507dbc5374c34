import { createDecipheriv } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { noTransfer, type Transfer } from '../../engine/application/application.ts'
import { open } from '../../engine/application/cipher.ts'
import { collect } from '../../engine/application/dlms/blocks.ts'
import { cursor } from '../../engine/bytes/cursor.ts'
import { hex } from '../../engine/bytes/hex.ts'
import { packageRoot } from '../../engine/files/package.ts'
import { hdlc } from '../../engine/link/hdlc.ts'
import type { Frame } from '../../engine/link/link.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../engine/profile/profile.ts'
import type { Keys } from '../../engine/telegram/telegram.ts'
import { partsOf, readCapture } from '../../engine/transport/capture.ts'
import { blockFrames, sealed } from '../../test/support/craft.ts'
import { am550Telegram, gplugMessage, p1OfLength, p1Telegram, pushPlaintext, smlTelegram } from './variants.ts'

/** Meters of a town that differ; a larger one has each of them several times. */
export const METERS = 100

/**
 * A kind of telegram: what a meter (0 to 99) sends in its n-th round, on a line or as an adapter's message, where there is
 * a `topic`, whose second level is the device's name.
 */
export type Source = {
	name: string
	profile: CompiledProfile
	keys(meter: number): Keys
	telegram(meter: number, round: number): Uint8Array
	topic?: string
}

const capture = (name: string) => readCapture(fileURLToPath(new URL(`meters/${name}.capture.jsonl`, packageRoot)))

/** The first telegram of a recording. */
export const recorded = (name: string): Uint8Array => partsOf(capture(name))[0] ?? new Uint8Array(0)

/** A built-in profile. Throws where it does not compile. */
export function profileNamed(name: string): CompiledProfile {
	const profile = compileProfile(name, readLibrary([builtinProfiles]))
	if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
	return profile
}

const clear = (name: string, profile: string, telegram: Source['telegram']): Source => ({
	name,
	profile: profileNamed(profile),
	keys: () => ({}),
	telegram,
})

/** Every kind, by the name that the command line has for it. */
export const sources = {
	e450Encrypted: () => e450Encrypted(),
	e450Plain() {
		const first = recorded('ekz-e450/vse-2026')
		return clear('E450 push list', 'ekz-e450', () => first)
	},
	am550() {
		const first = recorded('romande-energie-am550/vse-2026')
		return clear('AM550 push list', 'romande-energie-am550', (meter, round) => am550Telegram(first, meter, 15_207 + round))
	},
	p1() {
		const first = recorded('dsmr/version-5')
		return clear('P1 version 5', 'dsmr', (meter, round) => p1Telegram(first, meter, round))
	},
	/** As long as a gPlug's message: to compare the two. */
	p1Short() {
		const first = p1OfLength(recorded('dsmr/version-5'), gplug().telegram(0, 0).length)
		return clear('P1, as long as gPlug JSON', 'dsmr', (meter, round) => p1Telegram(first, meter, 3 * round))
	},
	json: () => gplug(),
	sml() {
		const first = recorded('emh-ehz/push')
		return clear('SML, eHZ', 'emh-ehz', (meter, round) => smlTelegram(first, meter, round))
	},
} satisfies Record<string, () => Source>

function gplug(): Source {
	const [message] = capture('gplug/gplugm-e450').lines
	if (!message || !('payload' in message)) throw new Error('the gPlug capture has no message')
	const { payload, topic } = message
	return { ...clear('gPlug JSON', 'gplug', (meter, round) => gplugMessage(payload, meter, round)), topic }
}

/** The real E450's telegram (meters/lg-e450-austria), opened with its published keys. */
export function e450Opened(): { plaintext: Uint8Array; keys: Required<Keys>; title: Uint8Array; invocationCounter: number } {
	const source = capture('lg-e450-austria/authenticated')
	const keys = testKeys(source)
	const [first = new Uint8Array(0)] = partsOf(source)
	const link = hdlc()
	let transfer: Transfer = noTransfer
	let apdu = new Uint8Array(0)
	for (const { payload } of link.push(first) as Frame[]) {
		const c = cursor(payload)
		c.at = payload[0] === 0xe6 ? 4 : 1
		const collected = collect(transfer, c)
		transfer = collected.transfer
		if (collected.apdu) apdu = Uint8Array.from(collected.apdu)
	}
	const c = cursor(apdu)
	c.at = 1
	const opened = open(c, { keys, authentication: 'required' })
	const { encryption, authentication } = keys
	if (opened.kind === 'rejected' || !encryption || !authentication) throw new Error(`the capture does not open: ${JSON.stringify(opened)}`)
	const { plaintext, invocationCounter } = opened
	return { plaintext, keys: { encryption, authentication }, title: apdu.subarray(2, 10), invocationCounter }
}

/**
 * The same of a hundred meters, each with its own keys and title, sealed with rising invocation counters, in blocks as recorded: the same telegram twice
 * would be refused as a replay.
 */
export function e450Encrypted(): Source & { apdu(meter: number, round: number): Uint8Array } {
	const { plaintext, keys, title, invocationCounter } = e450Opened()
	const own = Array.from({ length: METERS }, (_, meter) => ({
		encryption: keys.encryption.map((byte, at) => (at === 0 ? byte ^ meter : byte)),
		authentication: keys.authentication.map((byte, at) => (at === 0 ? byte ^ meter : byte)),
		title: title.map((byte, at) => (at === 7 ? meter : byte)),
	}))
	const apdu = (meter: number, round: number) => {
		const { encryption, authentication, title: ownTitle } = own[meter] as (typeof own)[number]
		const counter = invocationCounter + 1 + round
		return sealed(pushPlaintext(plaintext, meter, round), hex(encryption), hex(authentication), ownTitle, counter)
	}
	return {
		name: 'E450 encrypted, tag verified',
		profile: profileNamed('lg-e450-austria'),
		keys(meter) {
			const { encryption, authentication } = own[meter] as (typeof own)[number]
			return { encryption, authentication }
		},
		telegram: (meter, round) => new Uint8Array(Buffer.concat(blockFrames(apdu(meter, round), 0x77))),
		apdu,
	}
}

/** What an encrypted telegram is to the cipher alone. */
export type Sealed = { key: Uint8Array; iv: Uint8Array; aad: Uint8Array; body: Uint8Array; tag: Uint8Array }

/** Takes a sealed APDU apart: two bytes and the title, three of length, then control, counter, content and tag. */
export function sealedParts(apdu: Uint8Array, { encryption, authentication }: Keys): Sealed {
	if (!encryption || !authentication) throw new Error('both keys are needed')
	const content = apdu.subarray(13)
	return {
		key: encryption,
		iv: Buffer.concat([apdu.subarray(2, 10), content.subarray(1, 5)]),
		aad: Buffer.concat([content.subarray(0, 1), authentication]),
		body: content.subarray(5, -12),
		tag: content.subarray(-12),
	}
}

/** The fixed point of ciphered telegrams: what Node's own cipher takes to verify and decrypt one, and nothing else. */
export function decipher({ key, iv, aad, body, tag }: Sealed): number {
	const one = createDecipheriv('aes-128-gcm', key, iv, { authTagLength: 12 })
	one.setAAD(aad)
	one.setAuthTag(tag)
	const plaintext = one.update(body)
	one.final()
	return plaintext.length
}

/** So many telegrams each of a hundred meters send in turn, for what is measured without a process around it. */
const ROUNDS = 240

export type Input = { name: string; profile: CompiledProfile; meters: Keys[]; telegrams: Uint8Array[]; topic?: string }

/** Composes the telegrams of a town; `make`: of something else of each telegram. */
export function inputOf(source: Source): Input {
	const { name, profile, topic } = source
	return {
		name,
		profile,
		meters: Array.from({ length: METERS }, (_, meter) => source.keys(meter)),
		telegrams: inTurn((meter, round) => source.telegram(meter, round)),
		...(topic !== undefined && { topic }),
	}
}

/** Makes something for each telegram of an input. */
export function inTurn<T>(make: (meter: number, round: number) => T): T[] {
	return Array.from({ length: METERS * ROUNDS }, (_, place) => make(place % METERS, Math.floor(place / METERS)))
}
