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
import { p1Telegram, pushPlaintext, smlTelegram } from './variants.ts'

/** One kind of telegram: each of `telegrams` is a whole one, or a message of an adapter on `topic`; of each of `meters` (their keys) in turn. */
export type Input = {
	name: string
	profile: CompiledProfile
	meters: Keys[]
	telegrams: Uint8Array[]
	topic?: string
}

/** A hundred meters send these many telegrams each, one after the other. */
const [METERS, ROUNDS] = [100, 240]
const meters = Array.from({ length: METERS }, (_, meter) => meter)

const capture = (name: string) => readCapture(fileURLToPath(new URL(`meters/${name}.capture.jsonl`, packageRoot)))

/** A built-in profile. Throws where it does not compile. */
export function profileNamed(name: string): CompiledProfile {
	const profile = compileProfile(name, readLibrary([builtinProfiles]))
	if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
	return profile
}

const plain = (name: string, profile: string, file: string): Input => {
	const [first = new Uint8Array(0)] = partsOf(capture(file))
	return { name, profile: profileNamed(profile), meters: [{}], telegrams: [first] }
}

/** The telegrams of a hundred meters in turn, made of a recorded one. */
const ofATown = (input: Input, made: (first: Uint8Array, meter: number, round: number) => Uint8Array): Input => ({
	...input,
	meters: meters.map(() => ({})),
	telegrams: inTurn((meter, round) => made(input.telegrams[0] ?? new Uint8Array(0), meter, round)),
})

function inTurn<T>(make: (meter: number, round: number) => T): T[] {
	return Array.from({ length: METERS * ROUNDS }, (_, place) => make(place % METERS, Math.floor(place / METERS)))
}

/** What an encrypted telegram is to the cipher alone. */
export type Sealed = { key: Uint8Array; iv: Uint8Array; aad: Uint8Array; body: Uint8Array; tag: Uint8Array }

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
export function e450Encrypted(): { input: Input; sealed: Sealed[] } {
	const { plaintext, keys, title, invocationCounter } = e450Opened()
	const own = meters.map((meter) => ({
		encryption: keys.encryption.map((byte, at) => (at === 0 ? byte ^ meter : byte)),
		authentication: keys.authentication.map((byte, at) => (at === 0 ? byte ^ meter : byte)),
		title: title.map((byte, at) => (at === 7 ? meter : byte)),
	}))
	const made = inTurn((meter, round) => {
		const { encryption, authentication, title: ownTitle } = own[meter] as (typeof own)[number]
		const counter = invocationCounter + 1 + round
		const whole = sealed(pushPlaintext(plaintext, meter, round), hex(encryption), hex(authentication), ownTitle, counter)
		const content = whole.subarray(13)
		return {
			bytes: Buffer.concat(blockFrames(whole, 0x77)),
			sealed: {
				key: encryption,
				iv: Buffer.concat([ownTitle, content.subarray(1, 5)]),
				aad: Buffer.concat([content.subarray(0, 1), authentication]),
				body: content.subarray(5, -12),
				tag: content.subarray(-12),
			},
		}
	})
	return {
		input: {
			name: 'E450 encrypted, tag verified',
			profile: profileNamed('lg-e450-austria'),
			meters: own.map(({ encryption, authentication }) => ({ encryption, authentication })),
			telegrams: made.map(({ bytes }) => new Uint8Array(bytes)),
		},
		sealed: made.map((one) => one.sealed),
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

/** Every other kind. */
export function inputs(): Record<'e450Plain' | 'am550' | 'p1' | 'gplug' | 'sml', Input> {
	const [, message] = capture('gplug/gplugm-e450').lines.length > 0 ? [undefined, capture('gplug/gplugm-e450').lines[0]] : []
	if (!message || !('payload' in message)) throw new Error('the gPlug capture has no message')
	return {
		e450Plain: plain('E450 push list', 'ekz-e450', 'ekz-e450/vse-2026'),
		am550: plain('AM550 push list', 'romande-energie-am550', 'romande-energie-am550/vse-2026'),
		p1: ofATown(plain('P1 version 5', 'dsmr', 'dsmr/version-5'), p1Telegram),
		gplug: {
			name: 'gPlug JSON',
			profile: profileNamed('gplug'),
			meters: [{}],
			telegrams: [new TextEncoder().encode(message.payload)],
			topic: message.topic,
		},
		sml: ofATown(plain('SML, eHZ', 'emh-ehz', 'emh-ehz/push'), smlTelegram),
	}
}
