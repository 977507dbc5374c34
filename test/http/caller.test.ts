import * as assert from 'uvu/assert'
import { Attempts } from '../../engine/http/attempts.ts'
import { callerOf, countedAs, proxiesOf } from '../../engine/http/caller.ts'
import { encodingFor } from '../../engine/http/compress.ts'
import { isFrom, isOurs } from '../../engine/http/hosts.ts'
import { Rates } from '../../engine/http/rates.ts'
import { Sessions } from '../../engine/http/sessions.ts'
import { spanOf } from '../../engine/http/span.ts'
import { suite } from '../support/suite.ts'

const test = suite('caller')

const { proxies } = proxiesOf(['127.0.0.1', '172.30.32.2', '10.0.0.0/24', 'fd00::/8'])
const none = proxiesOf([]).proxies

test('takes only this machine for local, and nobody through a proxy', () => {
	const local = (remote: string, headers = {}, list = none) => callerOf(remote, { host: 'localhost', ...headers }, list).isLocal
	assert.ok(local('127.0.0.1'))
	assert.ok(local('::1'))
	assert.ok(local('::ffff:127.0.0.1'))
	assert.ok(local('127.9.9.9'))
	assert.not(local('192.168.1.2'))
	assert.not(local('::ffff:192.168.1.2'))
	assert.not(local('fe80::1%eth0'))
	assert.not(local(''))
	for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-proto', 'x-forwarded-host', 'x-ingress-path'])
		for (const list of [none, proxies]) assert.not(local('127.0.0.1', { [name]: '127.0.0.1' }, list), name)
	// nginx adds no header unless it is told to: whoever comes from a proxy's address may be anybody.
	assert.not(local('127.0.0.1', {}, proxies))
	assert.ok(local('::1', {}, proxies))
})

test('believes the headers of the proxies of the config only', () => {
	const of = (remote: string, headers: Record<string, string>, list = proxies) => callerOf(remote, { host: 'meter.lan', ...headers }, list)
	const headers = {
		'x-forwarded-for': '6.6.6.6, 192.0.2.7, 10.0.0.3',
		'x-forwarded-proto': 'http, https',
		'x-forwarded-host': 'a.example, b.example',
	}
	assert.equal(of('10.0.0.9', headers), {
		address: '192.0.2.7',
		isLocal: false,
		isIngress: false,
		isSecure: true,
		hosts: ['meter.lan', 'b.example'],
		prefix: '',
	})
	assert.equal(of('192.0.2.50', headers), {
		address: '192.0.2.50',
		isLocal: false,
		isIngress: false,
		isSecure: false,
		hosts: ['meter.lan'],
		prefix: '',
	})
	assert.is(of('10.0.0.9', { 'x-forwarded-for': 'nonsense' }).address, '10.0.0.9')
	assert.is(of('fd00::1', { 'x-forwarded-for': '2001:db8:1:2:3::4' }).address, '2001:db8:1:2::/64')
	assert.is(callerOf('2001:db8::5', {}, none).address, '2001:db8:0:0::/64')
})

test('takes for signed in by an ingress only what comes from its address, which the config names', () => {
	const path = { host: 'x.ui.nabu.casa', 'x-ingress-path': '/api/hassio_ingress/abc' }
	assert.ok(callerOf('172.30.32.2', path, proxies).isIngress)
	assert.is(callerOf('172.30.32.2', path, proxies).prefix, '/api/hassio_ingress/abc')
	assert.not(callerOf('172.30.32.2', path, none).isIngress, 'not named in the config')
	assert.not(callerOf('172.30.32.2', { host: 'x' }, proxies).isIngress, 'not by the ingress')
	// Another proxy passes on what its visitors send.
	assert.not(callerOf('10.0.0.9', path, proxies).isIngress)
	assert.not(callerOf('127.0.0.1', path, proxies).isIngress)
	for (const evil of ['/a\r\nSet-Cookie: x', '//evil.example', '/a;b', 'a', '/a/../b c']) {
		const caller = callerOf('172.30.32.2', { 'x-ingress-path': evil }, proxies)
		assert.not(caller.isIngress, evil)
		assert.is(caller.prefix, '', evil)
	}
})

test('reads proxies, and names those that are none', () => {
	assert.equal(proxiesOf(['10.0.0.1', 'nginx', '10.0.0.0/33', '10.0.0.0/x', '::1/129', 'fd00::/8']).wrong, [
		'nginx',
		'10.0.0.0/33',
		'10.0.0.0/x',
		'::1/129',
	])
})

test('counts the requests of other machines, a house with IPv6 as one', () => {
	assert.is(countedAs('127.0.0.1', none), undefined)
	assert.is(countedAs('10.0.0.9', proxies), undefined)
	assert.is(countedAs('::ffff:192.168.1.2', none), '192.168.1.2')
	assert.is(countedAs('2001:db8:1:2:3::4', none), countedAs('2001:db8:1:2:ffff::', none))
	const rates = new Rates()
	assert.is(Array.from({ length: 400 }, () => rates.exceeds('a', 0)).filter((isTooMany) => isTooMany).length, 100)
	assert.not(rates.exceeds('b', 0))
	assert.ok(rates.exceeds('a', 10))
	assert.not(rates.exceeds('a', 1000))
})

test('knows its own names', () => {
	for (const name of ['localhost:8080', '192.168.1.2', '[fd00::1]:80', 'raspberrypi', 'pi.local', 'meter.example.org'])
		assert.ok(isOurs(name, ['meter.example.org']), name)
	for (const name of ['evil.example', '', 'localhost.evil.example', 'local', 'a.local.evil.org:80', 'x@localhost', '127.0.0.1.evil.org'])
		assert.is(isOurs(name, []), name === 'local', name)
	assert.ok(isFrom('http://pi.local:8080', ['pi.local:8080'], []))
	assert.ok(isFrom('https://meter.example.org', ['127.0.0.1:8080'], ['meter.example.org']))
	assert.not(isFrom('http://pi.local:8081', ['pi.local:8080'], []))
	assert.not(isFrom('null', ['pi.local'], []))
	assert.not(isFrom('file://', [''], []))
})

test('lets a password be guessed ten times from one address, and a hundred times from everywhere', () => {
	const attempts = new Attempts()
	const tries = (address: string, count: number, now: number) => Array.from({ length: count }, () => attempts.begin(address, now))
	assert.equal(tries('a', 12, 0).filter((wait) => wait > 0).length, 2)
	assert.is(attempts.begin('a', 60_000), 840)
	assert.is(attempts.begin('b', 0), 0, 'another address')
	assert.is(attempts.begin('a', 900_000), 0, 'a quarter of an hour later')
	const many = new Attempts()
	const refused = Array.from({ length: 150 }, (_, index) => many.begin(`n${index}`, 0)).filter((wait) => wait > 0)
	assert.is(refused.length, 50)
	const right = new Attempts()
	for (let count = 0; count < 200; count++) {
		assert.is(right.begin('a', 0), 0)
		right.succeeded('a', true)
	}
	// A caller with the right to look only does not guess the other password for longer by being right in between.
	const looking = new Attempts()
	let guesses = 0
	for (let count = 0; count < 200; count++) {
		if (looking.begin('a', 0) === 0) guesses++
		if (looking.begin('a', 0) === 0) looking.succeeded('a', false)
	}
	assert.is(guesses, 10)
})

test('ends sessions that are not used, and the oldest of too many', () => {
	let now = 0
	const ended: string[] = []
	const sessions = new Sessions(
		() => undefined,
		(hash) => void ended.push(hash),
		() => now,
	)
	const first = sessions.begin('look')
	now = 29 * 86_400_000
	assert.ok(sessions.find(first)?.isNoted)
	now += 1000
	assert.is(sessions.find(first)?.isNoted, false)
	now = 60 * 86_400_000
	assert.is(sessions.find(first), undefined)
	assert.is(ended.length, 1)
	assert.not(JSON.stringify(sessions.list()).includes(first), 'only hashes are kept')
	for (let count = 0; count < 150; count++) {
		now++
		sessions.begin('change')
	}
	assert.is(sessions.list().length, 100)
	assert.is(ended.length, 51)
})

test('reads spans and encodings as people write them', () => {
	const now = Date.UTC(2026, 10, 28)
	assert.equal(spanOf({ step: 'quarter' }, now), { from: now - 86_400_000, to: now, step: 'quarter' })
	assert.equal(spanOf({ from: '2026-11-27T00:00:00+01:00', to: '2026-11-28T00:00' }, now), { from: now - 90_000_000, to: now, step: 'day' })
	assert.ok('code' in spanOf({ step: '__proto__' }, now))
	assert.is(encodingFor('gzip, deflate, br'), 'br')
	assert.is(encodingFor('br;q=0, GZIP'), 'gzip')
	assert.is(encodingFor('zstd'), undefined)
	assert.is(encodingFor(undefined), undefined)
})

test.run()
