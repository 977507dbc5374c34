import { card, netOf } from './card.js'
import mqtt from './lib/mqtt.js'
import { parsed, visible } from './text.js'
import { firstLanguage, voice } from './words.js'

const HOUR = 3600
/** Seconds between two points of a chart at least. */
const STEP = 1

/** @type {Map<string, import('./card.js').Meter>} */
const meters = new Map()
/** @type {Map<string, ReturnType<typeof card>>} */
const cards = new Map()
/** Instances whose process has said `offline`. @type {Set<string>} */
const gone = new Set()
let connection = 'connecting'
let speak = voice(firstLanguage())

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))
const main = /** @type {HTMLElement} */ (document.querySelector('main'))
const search = /** @type {HTMLInputElement} */ (document.querySelector('#filter input'))
const language = /** @type {HTMLSelectElement} */ (byId('language'))
const signIn = /** @type {HTMLFormElement} */ (byId('sign-in'))

// 1. What is shown

/** Meters that have changed since the last picture. @type {Set<string>} */
const changed = new Set()
let waiting = false

/** Draws once for all messages that came since. @param {string} name */
function drawSoon(name) {
	changed.add(name)
	if (!waiting) requestAnimationFrame(draw)
	waiting = true
}

function draw() {
	waiting = false
	for (const name of changed) {
		const meter = meters.get(name)
		if (!meter) continue
		if (!cards.has(name)) addCard(meter)
		cards.get(name)?.draw()
	}
	changed.clear()
	drawNotice()
	byId('filter').hidden = meters.size < 9
}

/** @param {import('./card.js').Meter} meter */
function addCard(meter) {
	const one = card(meter, speak)
	cards.set(meter.name, one)
	const after = [...cards.keys()].filter((name) => name > meter.name).sort()[0]
	main.insertBefore(one.element, after === undefined ? null : (cards.get(after)?.element ?? null))
	filter()
}

function drawNotice() {
	const { words, fill } = speak
	const [bridge] = gone
	const texts = {
		connecting: words.connecting,
		apart: words.apart,
		refused: words.refused,
		noBroker: words.noBroker,
		up: bridge === undefined ? '' : fill(words.bridgeOff, { name: bridge }),
	}
	const text = texts[/** @type {keyof typeof texts} */ (connection)] || (meters.size === 0 ? words.empty : '')
	const notice = byId('notice')
	if (notice.textContent !== text) notice.textContent = text
	notice.hidden = text === ''
	main.classList.toggle('apart', connection !== 'up' || bridge !== undefined)
	signIn.hidden = connection !== 'refused'
}

function filter() {
	for (const [name, { element }] of cards) element.hidden = !name.toLowerCase().includes(search.value.trim().toLowerCase())
}

/** Says everything in another language. @param {import('./words.js').Language} tag */
function say(tag) {
	speak = voice(tag)
	document.documentElement.lang = tag
	language.value = tag
	for (const part of document.querySelectorAll('body > header [data-word], #sign-in [data-word]'))
		part.textContent = /** @type {string} */ (speak.words[/** @type {'filter'} */ (part.getAttribute('data-word'))])
	for (const one of cards.values()) one.destroy()
	cards.clear()
	for (const name of meters.keys()) changed.add(name)
	draw()
}

search.addEventListener('input', filter)
language.addEventListener('change', () => {
	localStorage.setItem('language', language.value)
	say(/** @type {import('./words.js').Language} */ (language.value))
})
// The hour moves on without telegrams, too.
setInterval(() => {
	for (const name of meters.keys()) drawSoon(name)
}, 30_000)

// 2. What comes in

/** @param {string} name */
function meterOf(name) {
	const known = meters.get(name) ?? { name, points: [], today: {} }
	meters.set(name, known)
	return known
}

/** @param {string} name */
function forget(name) {
	meters.delete(name)
	cards.get(name)?.destroy()
	cards.delete(name)
	drawSoon(name)
}

/** @param {string[]} levels of the topic, below the root @param {string} payload */
function take(levels, payload) {
	if (levels[0] === 'bridge') {
		if (payload === 'offline') gone.add(visible(levels[1] ?? ''))
		else gone.delete(visible(levels[1] ?? ''))
		return drawSoon('')
	}
	const [name = '', kind = ''] = levels.map(visible)
	if (payload === '') return kind === 'info' || kind === 'availability' ? forget(name) : undefined
	const meter = meterOf(name)
	if (kind === 'availability') meter.availability = payload
	else if (kind === 'info' || kind === 'diagnostics' || kind === 'state') {
		meter[kind] = parsed(payload) ?? {}
		if (kind === 'state') keepHour(meter)
	}
	drawSoon(name)
}

/** Adds a state's power to the last hour, and begins the day's count anew at midnight or where a counter falls. @param {import('./card.js').Meter} meter */
function keepHour(meter) {
	const { state = {}, points, today } = meter
	const time = Date.parse(state.received) / 1000
	const power = netOf(state)
	const dated = state.times?.power_net ?? state.times?.power_import
	// A clock that was set back: what lies behind it is not shown.
	if (time < (points.at(-1)?.[0] ?? 0)) points.length = 0
	if (power !== undefined && dated === undefined && time - (points.at(-1)?.[0] ?? 0) >= STEP) points.push([time, power])
	while ((points[0]?.[0] ?? time) < time - HOUR) points.shift()
	const day = new Date(time * 1000).toDateString()
	for (const name of ['energy_import', 'energy_export']) {
		const value = state[name]
		if (value === undefined) continue
		const before = today[name]
		if (!before || value < before.value || new Date(before.time * 1000).toDateString() !== day) today[name] = { day, time, value }
	}
}

/** The last hour as the server has kept it. */
async function loadHistory() {
	const hours = await (await fetch('history.json')).json()
	for (const [name, { points, today }] of Object.entries(hours)) {
		const meter = meterOf(name)
		const last = points.at(-1)?.[0] ?? 0
		meter.points = [...points, ...meter.points.filter(([time]) => time > last)]
		meter.today = today
		drawSoon(name)
	}
}

/** @param {{ broker?: string, root: string }} settings @param {{ username?: string, password?: string }} [account] */
function connect({ broker, root }, account = {}) {
	const url = new URL(broker ?? '', location.href)
	if (url.protocol.startsWith('http')) url.protocol = url.protocol.replace('http', 'ws')
	const client = mqtt.connect(url.href, {
		protocolVersion: 4,
		reconnectPeriod: 3000,
		connectTimeout: 8000,
		timerVariant: 'native',
		...account,
	})
	/** @param {string} next */
	const become = (next) => {
		connection = next
		drawSoon('')
	}
	client.on('connect', () => {
		become('up')
		client.subscribe([...['state', 'availability', 'info', 'diagnostics'].map((kind) => `${root}/+/${kind}`), `${root}/bridge/+/state`])
		loadHistory().catch((error) => console.warn('no history:', error))
	})
	client.on('message', (topic, payload) => {
		const levels = topic.slice(root.length + 1).split('/')
		if (levels[0] === 'bridge' ? levels.length === 3 : levels.length === 2) take(levels, payload.toString())
	})
	client.on('close', () => connection !== 'refused' && become('apart'))
	client.on('error', (error) => {
		// 4: bad user or password, 5: not authorized (MQTT 3.1.1, 3.2.2.3).
		if (!('code' in error) || ![4, 5].includes(Number(error.code))) return
		become('refused')
		client.end(true)
	})
	signIn.onsubmit = (event) => {
		event.preventDefault()
		const given = new FormData(signIn)
		connect({ broker, root }, { username: String(given.get('username')), password: String(given.get('password')) })
	}
}

say(firstLanguage())
const settings = await (await fetch('settings.json')).json()
if (settings.broker === undefined) {
	connection = 'noBroker'
	drawNotice()
} else connect(settings)
