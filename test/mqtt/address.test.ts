import * as assert from 'uvu/assert'
import { addressFault, addressOf, publicAddress, withoutPassword } from '../../engine/mqtt/address.ts'
import { reasonOf } from '../../engine/mqtt/reasons.ts'
import { suite } from '../support/suite.ts'

const test = suite('address')

/** Addresses with a secret, which has `hun` or `ter2` in it, as people write them. */
const SECRETS = [
	'mqtt://user:hunter2@host',
	'mqtt://user:hun@ter2@host:1883',
	'mqtt://user:hun:ter2@host',
	'mqtt://user:hun/ter2@host',
	'mqtt://user:hun#ter2@host',
	'mqtt://user:hun?ter2@host',
	'mqtt://user:hun@ter2%40host:1883',
	'mqtt://user:hunter2%40host:1883',
	'mqtt://user:x@hun/ter2%40host:1883',
	'mqtt://user:x@hun?ter2%40host:1883',
	'wss://user:x@hun#ter2%40host:1883',
	'mqtt://user:hun%ter2@host',
	'mqtt://user:hun ter2@host',
	'mqtt://user:hunter2',
	'mqtt:user:hun@ter2@host',
	'user:hunter2@host',
	'wss://host/mqtt?password=hunter2',
	'wss://host/mqtt?user=a&password=hun@ter2',
	'wss://host/mqtt#hunter2',
	'wss://host/mqtt?x\n=hunter2',
]

test('shows of an address its place alone', () => {
	for (const secret of SECRETS) {
		const shown = [withoutPassword(secret), ...(addressFault(secret) ?? [])].join(' ')
		assert.not.match(shown, /hun|ter2/, secret)
		if (addressFault(secret)) continue
		const { url, username } = addressOf(secret)
		const told = reasonOf(Object.assign(new Error(`connect ${secret}`), { code: 'x' }), {
			url,
			...(username !== undefined && { username }),
			clientId: 'c',
			status: () => undefined,
		})
		assert.not.match(told, /hun|ter2/, secret)
	}
	assert.is(withoutPassword('mqtt://host:1883'), 'mqtt://host:1883')
	assert.is(withoutPassword('mqtts://u:p@[::1]:8883'), 'mqtts://[::1]:8883')
	assert.is(withoutPassword('ws://host:9001/mqtt?a=b'), 'ws://host:9001/mqtt')
})

test('names no user that looks like a token', () => {
	const told = (username: string) =>
		reasonOf(Object.assign(new Error('x'), { code: 5 }), { url: 'mqtt://host', username, clientId: 'c', status: () => undefined })
	assert.match(told('hackday'), /refuses user "hackday"/)
	assert.not.match(told('FlespiToken8xKq2mNp4vRt6wYz'), /Flespi/)
})

test('gives the page an address that everybody may know', () => {
	assert.equal(publicAddress('ws://user:p%40ss@host:9001/mqtt?token=x#y'), { url: 'ws://host:9001/mqtt', origin: 'ws://host:9001' })
	assert.is(publicAddress("ws://host;script-src 'unsafe-inline'"), undefined)
	assert.is(publicAddress(''), undefined)
})

test.run()
