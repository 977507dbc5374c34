/** A text of MQTT: its length before it. */
export const text = (value: string | Buffer) => {
	const bytes = Buffer.from(value as string)
	return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes])
}

/** A packet with its length. */
export function packet(first: number, ...parts: Buffer[]): Buffer {
	const body = Buffer.concat(parts)
	const size: number[] = []
	for (let rest = body.length, more = true; more; ) {
		more = rest > 127
		size.push(more ? (rest & 127) | 128 : rest)
		rest >>= 7
	}
	return Buffer.concat([Buffer.of(first, ...size), body])
}

/** A CONNECT of MQTT 3.1.1. */
export const hello = (id: string, { clean = true, keepalive = 0, will = '' } = {}) =>
	packet(
		0x10,
		text('MQTT'),
		Buffer.of(4, (clean ? 2 : 0) | (will ? 0x26 : 0), keepalive >> 8, keepalive & 255),
		text(id),
		...(will ? [text(will), text('forged')] : []),
	)

/** A SUBSCRIBE. */
export const ask = (filters: string[], qos = 0) =>
	packet(0x82, Buffer.of(0, 1), ...filters.flatMap((filter) => [text(filter), Buffer.of(qos)]))

/** A PUBLISH. */
export const say = (topic: string, payload: Buffer | string, { retain = false, qos = 0 } = {}) =>
	packet(0x30 | (qos << 1) | (retain ? 1 : 0), text(topic), ...(qos > 0 ? [Buffer.of(0, 1)] : []), Buffer.from(payload as string))

/** A packet of an id and nothing else: PUBACK 0x40, PUBREC 0x50, PUBREL 0x62, PUBCOMP 0x70. */
export const confirm = (first: number, id: number) => packet(first, Buffer.of(id >> 8, id & 255))

/** One packet of each kind that a client may send, and some in forms that are rare. */
export const KINDS = [
	hello('other', { clean: false, keepalive: 10, will: 'wills/other' }),
	packet(0x10, text('MQIsdp'), Buffer.of(3, 0xc2, 0, 60), text('old'), text('user'), text('word')),
	packet(0x10, text('MQTT'), Buffer.of(5, 2, 0, 60, 0), text('five')),
	ask(['#', '+/b', 'a/+/c', '$SYS/#', '$share/g/a'], 1),
	ask(['a/b'], 2),
	packet(0xa2, Buffer.of(0, 2), text('a/b'), text('#')),
	say('a/b', 'payload'),
	say('a/b', 'kept', { retain: true, qos: 1 }),
	say('a/b', '', { retain: true }),
	say('a/c', 'twice', { qos: 2 }),
	confirm(0x40, 1),
	confirm(0x50, 1),
	confirm(0x62, 1),
	confirm(0x70, 1),
	packet(0xc0),
	packet(0xe0),
]
