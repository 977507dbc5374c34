import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** The one who asks. */
export type Caller = {
	/** The address that attempts are counted by: of an IPv6 address its network, as a house has all of them. */
	address: string
	/** On this machine, and not through a proxy. */
	isLocal: boolean
	/** Signed in by Home Assistant, whose ingress has passed the request on. */
	isIngress: boolean
	/** Whether the browser uses https. */
	isSecure: boolean
	/** All names that this server is called by in the request: the Host header, and that which a proxy has received. */
	hosts: string[]
	/** The path before ours that the browser sees; empty where nothing precedes it. */
	prefix: string
}

/**
 * Home Assistant's ingress always asks from this address of its own network; its documentation tells add-ons to accept no other. It passes on only requests
 * of people who are signed in there.
 */
const INGRESS = '172.30.32.2'
/** The headers that proxies add to a request. A sender of one that is not a proxy of the config is not taken for somebody on this machine. */
const FORWARDED = [
	'forwarded',
	'x-forwarded-for',
	'x-forwarded-host',
	'x-forwarded-proto',
	'x-forwarded-server',
	'x-real-ip',
	'x-client-ip',
	'x-ingress-path',
	'true-client-ip',
	'cf-connecting-ip',
	'via',
]
const PATH = /^(\/[A-Za-z0-9._~-]+)+$/
const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Reads the proxies of a config: addresses, or networks such as 10.0.0.0/24. `wrong`: those that are neither. */
export function proxiesOf(texts: readonly string[]): { proxies: BlockList; wrong: string[] } {
	const proxies = new BlockList()
	const wrong = texts.filter((text) => {
		const [address = '', bits] = text.split('/')
		const family = familyOf(address)
		if (!family || (bits !== undefined && !/^\d{1,3}$/.test(bits)) || Number(bits ?? 0) > (family === 'ipv4' ? 32 : 128)) return true
		if (bits === undefined) proxies.addAddress(address, family)
		else proxies.addSubnet(address, Number(bits), family)
		return false
	})
	return { proxies, wrong }
}

/**
 * Tells who asks, by the address of the connection and, where that is a proxy of the config, by its headers. Nobody counts as local from the address of a
 * proxy: what it says of its visitors may be what they have said themselves, and some proxies say nothing.
 */
export function callerOf(remote: string | undefined, headers: IncomingHttpHeaders, proxies: BlockList): Caller {
	const peer = plain(remote ?? '')
	const isProxy = isIn(proxies, peer)
	const path = single(headers['x-ingress-path'])
	const forwardedHost = isProxy ? last(headers['x-forwarded-host']) : ''
	return {
		address: networkOf(isProxy ? visitorOf(headers['x-forwarded-for'], proxies, peer) : peer),
		isLocal: isIn(LOOPBACK, peer) && !isProxy && !FORWARDED.some((name) => headers[name] !== undefined),
		isIngress: isProxy && peer === INGRESS && PATH.test(path),
		isSecure: isProxy && last(headers['x-forwarded-proto']).toLowerCase() === 'https',
		hosts: [headers.host ?? '', forwardedHost].filter((host) => host !== ''),
		prefix: isProxy && PATH.test(path) ? path : '',
	}
}

/**
 * Names what the requests of a connection are counted by: its address, or its network. Undefined for this machine, and for a proxy of the config, which
 * speaks for many.
 */
export function countedAs(remote: string | undefined, proxies: BlockList): string | undefined {
	const peer = plain(remote ?? '')
	return isIn(LOOPBACK, peer) || isIn(proxies, peer) ? undefined : networkOf(peer)
}

/** The last address that no proxy of ours has: those before it may be invented. */
function visitorOf(header: string | string[] | undefined, proxies: BlockList, peer: string): string {
	const passed = single(header).split(',')
	for (const text of passed.reverse()) {
		const address = plain(text.trim())
		if (isIP(address) === 0) break
		if (!isIn(proxies, address)) return address
	}
	return peer
}

const single = (header: string | string[] | undefined) => [header ?? ''].flat().join(',').trim()
const last = (header: string | string[] | undefined) => single(header).split(',').at(-1)?.trim() ?? ''

/** An address without its zone, and an IPv4 one as such. */
const plain = (address: string) => address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')

const familyOf = (address: string) => (['ipv4', 'ipv6'] as const)[[4, 6].indexOf(isIP(address))]

function isIn(list: BlockList, address: string): boolean {
	const family = familyOf(address)
	return family !== undefined && list.check(address, family)
}

/** The first half of an IPv6 address, as four groups. */
function networkOf(address: string): string {
	if (isIP(address) !== 6) return address
	const [head = '', tail] = address.toLowerCase().split('::')
	const [before, after] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':'))) as [string[], string[]]
	const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
	return `${[...before, ...Array<string>(missing).fill('0'), ...after]
		.slice(0, 4)
		.map((group) => group.replace(/^0+(?=.)/, ''))
		.join(':')}::/64`
}
