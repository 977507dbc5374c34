import type { MeterKind } from '../api/types.ts'
import { type Key, say, sayIf } from '../words/words.ts'

/** The purpose of a contact: its wire has a colour of its own, and its label says it in words. */
type Role = 'power' | 'request' | 'ground' | 'data' | 'bus' | 'unused'
type Contact = { name: string; role: Role; word: Key }
type Shape = 'jack' | 'terminals' | 'head' | 'slot' | 'air'
type Drawing = { shape: Shape; contacts: Contact[]; way: Key[] }

const contact = (name: string | number, role: Role, word: Key): Contact => ({ name: String(name), role, word })
const unused = (...names: number[]) => names.map((name) => contact(name, 'unused', 'kind.pin.unused'))
const bus = (...names: (string | number)[]) => names.map((name) => contact(name, 'bus', 'kind.pin.bus'))

/** Every kind of socket: its contacts from left to right, seen into the socket with its notch below, and what stands between meter and broker. */
const DRAWINGS: Record<string, Drawing> = {
	'p1-rj12': {
		shape: 'jack',
		contacts: [
			contact(1, 'power', 'kind.pin.power'),
			contact(2, 'request', 'kind.pin.request'),
			contact(3, 'ground', 'kind.pin.ground'),
			...unused(4),
			contact(5, 'data', 'kind.pin.data'),
			contact(6, 'ground', 'kind.pin.return'),
		],
		way: ['kind.way.meter', 'kind.way.p1', 'kind.way.computer', 'kind.way.broker'],
	},
	'mbus-rj12': {
		shape: 'jack',
		contacts: [...unused(1, 2), ...bus(3, 4), ...unused(5, 6)],
		way: ['kind.way.meter', 'kind.way.mbus', 'kind.way.computer', 'kind.way.broker'],
	},
	'mbus-terminals': {
		shape: 'terminals',
		contacts: bus('24', '25'),
		way: ['kind.way.meter', 'kind.way.master', 'kind.way.computer', 'kind.way.broker'],
	},
	'han-rj45': {
		shape: 'jack',
		contacts: [...bus(1, 2), ...unused(3, 4, 5, 6, 7, 8)],
		way: ['kind.way.meter', 'kind.way.mbus', 'kind.way.computer', 'kind.way.broker'],
	},
	'han-module': {
		shape: 'slot',
		contacts: [contact('HAN', 'data', 'kind.pin.module')],
		way: ['kind.way.meter', 'kind.way.module', 'kind.way.computer', 'kind.way.broker'],
	},
	optical: {
		shape: 'head',
		contacts: [contact('IR', 'data', 'kind.pin.light'), contact('○', 'ground', 'kind.pin.magnet')],
		way: ['kind.way.meter', 'kind.way.head', 'kind.way.computer', 'kind.way.broker'],
	},
	rs485: {
		shape: 'terminals',
		contacts: [contact('A', 'data', 'kind.pin.a'), contact('B', 'request', 'kind.pin.b'), contact('GND', 'ground', 'kind.pin.common')],
		way: ['kind.way.meter', 'kind.way.rs485', 'kind.way.computer', 'kind.way.broker'],
	},
	adapter: {
		shape: 'air',
		contacts: [contact('MQTT', 'data', 'kind.pin.mqtt')],
		way: ['kind.way.meter', 'kind.way.adapter', 'kind.way.broker', 'kind.way.cii'],
	},
}

/** Units of the drawing: its width, the socket's, and the height of a label's row. */
const [WIDTH, SOCKET, ROW] = [420, 190, 26]
const LEFT = 10
const LABELS = LEFT + SOCKET + 26

/** Draws the socket of a kind of meter with the purpose of each contact, and the way from the meter to the broker. */
export function Wiring({ kind: { port = '' } }: { kind: Pick<MeterKind, 'port'> }) {
	const drawing = DRAWINGS[port]
	const title = sayIf(`kind.port.${port}`)
	if (!drawing || title === undefined) return <p>{say('kind.port.other.text')}</p>
	const { shape, contacts, way } = drawing
	const top = contacts.length * ROW + 18
	const height = top + 112
	return (
		<div class="wiring">
			<figure>
				<svg class="socket" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={`${title}: ${spoken(contacts)}`}>
					<Body shape={shape} top={top} />
					{contacts.map((one, place) => (
						<Wire key={one.name} contact={one} place={place} count={contacts.length} top={top} shape={shape} />
					))}
				</svg>
				<figcaption>
					<strong>{title}</strong> {sayIf(`kind.port.${port}.text`)}
				</figcaption>
			</figure>
			<ol class="way" aria-label={say('kind.way')}>
				{way.map((word) => (
					<li key={word}>{say(word)}</li>
				))}
			</ol>
		</div>
	)
}

const spoken = (contacts: Contact[]): string => contacts.map(({ name, word }) => `${name} ${say(word)}`).join(', ')

/** The middle of a contact, from the left. */
const middle = (place: number, count: number, shape: Shape): number =>
	shape === 'jack' ? LEFT + 30 + ((SOCKET - 60) * (place + 0.5)) / count : LEFT + (SOCKET * (place + 1)) / (count + 1)

function Wire({
	contact: { name, role, word },
	place,
	count,
	top,
	shape,
}: {
	contact: Contact
	place: number
	count: number
	top: number
	shape: Shape
}) {
	const [x, y] = [middle(place, count, shape), 14 + place * ROW]
	const start = shape === 'jack' ? top + 16 : top + 34
	return (
		<g class={`wire ${role}`}>
			<path d={`M${x} ${start}V${y + 6}q0 -6 6 -6H${LABELS - 8}`} />
			{shape === 'jack' && <rect class="pin" x={x - 4} y={top + 14} width="8" height="26" rx="1.5" />}
			{shape === 'terminals' && <circle class="pin" cx={x} cy={top + 44} r="11" />}
			{shape === 'terminals' && <path class="slit" d={`M${x - 7} ${top + 44}h14`} />}
			{(shape === 'head' || shape === 'slot' || shape === 'air') && <circle class="pin" cx={x} cy={top + 44} r="7" />}
			<text class="name" x={x} y={shape === 'jack' ? top + 56 : top + 76} text-anchor="middle">
				{name}
			</text>
			<text class="label" x={LABELS} y={y + 4.5}>
				{`${name} · ${say(word)}`}
			</text>
		</g>
	)
}

/** The outline of a socket, terminal block, optical port, slot or adapter. */
function Body({ shape, top }: { shape: Shape; top: number }) {
	const [right, bottom, centre] = [LEFT + SOCKET, top + 100, LEFT + SOCKET / 2]
	if (shape === 'head')
		return (
			<g class="body">
				<rect x={LEFT} y={top} width={SOCKET} height="100" rx="14" />
				<circle cx={centre} cy={top + 50} r="46" />
			</g>
		)
	if (shape === 'jack')
		return (
			<g class="body">
				<rect x={LEFT} y={top} width={SOCKET} height="100" rx="8" />
				<path
					d={`M${LEFT + 24} ${top + 12}H${right - 24}V${top + 64}H${centre + 34}V${top + 76}H${centre + 20}V${bottom - 10}H${centre - 20}V${top + 76}H${centre - 34}V${top + 64}H${LEFT + 24}Z`}
				/>
			</g>
		)
	if (shape === 'air')
		return (
			<g class="body">
				<rect x={LEFT + 30} y={top + 20} width={SOCKET - 60} height="80" rx="12" />
			</g>
		)
	return (
		<g class="body">
			<rect x={LEFT} y={top + 14} width={SOCKET} height="80" rx={shape === 'slot' ? 2 : 8} />
			{shape === 'slot' && <path d={`M${LEFT + 20} ${top + 84}H${right - 20}`} />}
		</g>
	)
}
