import { chart } from './chart.js'

/**
 * What is known of a meter: its messages as they were published, and its last hour.
 * @typedef {{
 *   name: string, state?: Record<string, any>, info?: Record<string, any>, diagnostics?: Record<string, any>, availability?: string,
 *   points: import('./chart.js').Point[], today: Record<string, { day: string, time: number, value: number }>
 * }} Meter
 */

const PHASES = ['l1', 'l2', 'l3']
const COUNTERS = ['energy_import', 'energy_export']
const SHOWN =
	/^(power_net|power_import|power_export)$|^(power_net|power_import|power_export|voltage|current)_l[123]$|^energy_(import|export)(_t\d)?$|^tariff$/

/**
 * The power of a state, positive from the grid; `phase`: `_l1`. Import and export of two telegrams are no power: then only what is not zero tells.
 * @param {Record<string, any>} state
 * @returns {number | undefined}
 */
export function netOf(state, phase = '') {
	const [net, drawn, fed] = ['net', 'import', 'export'].map((direction) => state[`power_${direction}${phase}`])
	if (net !== undefined || fed === undefined) return net ?? drawn
	if (drawn === undefined) return -fed
	const [drawnAt, fedAt] = ['import', 'export'].map((direction) => state.times?.[`power_${direction}${phase}`] ?? state.time)
	if (drawnAt === fedAt) return drawn - fed
	const [later, other] = Date.parse(drawnAt) > Date.parse(fedAt) ? [drawn, fed] : [-fed, -drawn]
	return later !== 0 ? later : other === 0 ? 0 : undefined
}

/**
 * A meter's card: `element`, and `draw` to show what is known now.
 * @param {Meter} meter @param {import('./words.js').Voice} voice
 */
export function card(meter, voice) {
	const { words, number, time, minute, field, fill } = voice
	const template = /** @type {HTMLTemplateElement} */ (document.getElementById('card'))
	const element = /** @type {HTMLElement} */ (template.content.querySelector('article')?.cloneNode(true))
	/** @param {string} selector */
	const find = (selector) => /** @type {HTMLElement} */ (element.querySelector(selector))
	/** @param {string} name @param {string} text */
	const set = (name, text) => {
		const part = find(`[data-part="${name}"]`)
		if (part.textContent !== text) part.textContent = text
	}
	for (const part of element.querySelectorAll('[data-word]'))
		part.textContent = words[/** @type {'more'} */ (part.getAttribute('data-word'))]
	element.id = `meter-${meter.name}`
	find('h2').textContent = meter.name
	find('h2').id = `name-${meter.name}`
	element.setAttribute('aria-labelledby', `name-${meter.name}`)

	/** @type {ReturnType<typeof chart> | undefined} */
	let plot
	const pointed = (/** @type {import('./chart.js').Point | undefined} */ point) =>
		set('pointed', point ? `${time(point[0] * 1000)}  ${number(point[1], 'W')}` : '')
	// A town has more meters than a screen: a chart is made when it is seen.
	const seen = new IntersectionObserver((entries) => {
		if (plot || !entries.some(({ isIntersecting }) => isIntersecting)) return
		plot = chart(find('.chart'), voice, pointed)
		draw()
	})
	seen.observe(element)

	function draw() {
		const { state = {}, info = {}, diagnostics = {}, availability } = meter
		const silent = availability !== 'online'
		const waiting = silent && diagnostics.cause === undefined
		element.className = silent ? (waiting ? 'waiting' : 'silent') : 'online'
		set('status', silent ? (waiting ? words.waiting : words.silent) : words.online)
		set('about', [info.title, state.id !== meter.name && state.id, state.received && time(state.received)].filter(Boolean).join(' · '))
		drawSilence(silent && !waiting, diagnostics)
		drawPower(silent ? undefined : netOf(state))
		drawPhases(silent ? {} : state)
		list('.counters', counters(state))
		list('[data-part="more"] dl', more(silent ? {} : state))
		find('[data-part="more"]').hidden = find('[data-part="more"] dl').childElementCount === 0
		list('[data-part="diagnostics"] dl', diagnosis(state, diagnostics))
		plot?.draw(meter.points)
	}

	/** @param {boolean} silent @param {Record<string, any>} diagnostics */
	function drawSilence(silent, diagnostics) {
		const part = find('[data-part="silence"]')
		const since = diagnostics.last_reading ? fill(words.silence, { time: time(diagnostics.last_reading) }) : words.neverHeard
		const cause = words.causes[/** @type {keyof typeof words.causes} */ (diagnostics.cause)] ?? ''
		set('silence', silent ? `${since} ${cause} ${diagnostics.silence ? `(${diagnostics.silence})` : ''}` : '')
		part.hidden = !silent
	}

	/** @param {number | undefined} power watts, positive from the grid */
	function drawPower(power) {
		const kind = power === undefined ? 'unknown' : power > 0 ? 'import' : power < 0 ? 'export' : 'none'
		element.classList.add(kind)
		set(
			'power',
			power === undefined ? '–' : `${{ import: '↓', export: '↑', none: '', unknown: '' }[kind]} ${number(Math.abs(power), 'W')}`.trim(),
		)
		set('direction', kind === 'unknown' ? words.unknownPower : words[kind])
	}

	/** @param {Record<string, any>} state */
	function drawPhases(state) {
		const columns = ['power', 'voltage', 'current'].filter((name) => PHASES.some((phase) => phaseValue(name, phase) !== undefined))
		/** @param {string} name @param {string} phase */
		function phaseValue(name, phase) {
			if (name !== 'power') return state[`${name}_${phase}`]
			return netOf(state, `_${phase}`)
		}
		const table = find('.phases')
		table.hidden = columns.length === 0
		const units = { power: 'W', voltage: 'V', current: 'A' }
		const head = row('th', [words.phase, ...columns.map(field)])
		const rows = PHASES.filter((phase) => columns.some((name) => phaseValue(name, phase) !== undefined)).map((phase) =>
			row('td', [
				phase.toUpperCase(),
				...columns.map((name) => {
					const value = phaseValue(name, phase)
					return value === undefined ? '–' : number(value, units[/** @type {'power'} */ (name)])
				}),
			]),
		)
		table.querySelector('thead')?.replaceChildren(head)
		table.querySelector('tbody')?.replaceChildren(...rows)
	}

	/** Counters, what they have counted today, tariff and sub-meters. @param {Record<string, any>} state @returns {[string, string][]} */
	function counters(state) {
		const kilo = (/** @type {number} */ value) => number(value / 1000, 'kWh')
		/** @type {[string, string][]} */
		const lines = []
		for (const name of COUNTERS) {
			if (state[name] === undefined) continue
			lines.push([field(name), kilo(state[name])])
			const from = meter.today[name]
			if (from && isToday(from.time) && state[name] >= from.value)
				lines.push([`${field(name)} ${sinceOf(from.time)}`, kilo(state[name] - from.value)])
		}
		const tariffs = COUNTERS.flatMap((name) => Array.from({ length: 20 }, (_, at) => at + 1).map((tariff) => `${name}_t${tariff}`))
		for (const name of tariffs) if (state[name] !== undefined) lines.push([field(name), kilo(state[name])])
		if (state.tariff !== undefined) lines.push([words.tariff, String(state.tariff)])
		for (const [channel, part] of Object.entries(/** @type {Record<string, any>} */ (state.submeters ?? {}))) {
			const medium = words.media[/** @type {keyof typeof words.media} */ (part.medium)] ?? part.medium ?? words.media.unknown
			const counters = [part.volume !== undefined && number(part.volume, 'm³'), part.energy !== undefined && kilo(part.energy)]
			const value = counters.filter(Boolean).join(', ') || '–'
			lines.push([`${medium}, ${fill(words.channel, { channel })}${part.id ? ` (${part.id})` : ''}`, value])
		}
		return lines
	}

	/** What the day has counted is today's only if it was counted from midnight on; a quarter of an hour later is near enough. @param {number} from */
	function sinceOf(from) {
		const midnight = new Date(from * 1000).setHours(0, 0, 0, 0) / 1000
		return from - midnight <= 900 ? words.today : fill(words.since, { time: minute(from * 1000) })
	}

	/** Fields that stand nowhere else. @param {Record<string, any>} state @returns {[string, string][]} */
	function more(state) {
		const units = Object.fromEntries((meter.info?.fields ?? []).map((/** @type {any} */ one) => [one.name, one.unit ?? '']))
		const own = Object.entries(state).filter(([name]) => name in units && !SHOWN.test(name))
		const extra = Object.entries(state.extra ?? {})
		return [
			...own.map(
				([name, value]) =>
					/** @type {[string, string]} */ ([field(name), typeof value === 'number' ? number(value, units[name]) : time(value)]),
			),
			...extra.map(([name, value]) => /** @type {[string, string]} */ ([name, typeof value === 'number' ? number(value) : String(value)])),
		]
	}

	/** @param {Record<string, any>} state @param {Record<string, any>} diagnostics @returns {[string, string][]} */
	function diagnosis(state, diagnostics) {
		/** @type {[string, unknown][]} */
		const lines = [
			[words.profile, diagnostics.profile],
			[words.id, state.id],
			[words.last, diagnostics.last_reading && time(diagnostics.last_reading)],
			[words.meterTime, state.time_source === 'gateway' ? undefined : state.time && time(state.time)],
			[words.auth, words.auths[/** @type {keyof typeof words.auths} */ (state.auth)]],
			[words.port, diagnostics.port],
			[words.bytes, diagnostics.bytes && number(diagnostics.bytes)],
			[words.frames, diagnostics.frames && number(diagnostics.frames)],
			[words.readings, diagnostics.readings && number(diagnostics.readings)],
			...counted(words.discarded, diagnostics.discarded),
			...counted(words.rejected, diagnostics.rejected),
			...counted(words.issue, diagnostics.issues),
		]
		return lines.filter(([, text]) => text !== undefined && text !== '').map(([name, text]) => [name, String(text)])
	}

	/** @param {string} text @param {Record<string, number>} counts @returns {[string, string][]} */
	const counted = (text, counts = {}) => Object.entries(counts).map(([reason, count]) => [fill(text, { reason }), number(count)])

	/** Shows lines in a list; those that are as they were stay, so that a reader of the screen is not disturbed. @param {string} selector @param {[string, string][]} lines */
	function list(selector, lines) {
		const place = find(selector)
		const names = lines.map(([name]) => name).join('\n')
		if (place.dataset.names !== names) {
			place.dataset.names = names
			place.replaceChildren(...lines.flatMap(([name]) => [made('dt', name), made('dd', '')]))
		}
		for (const [index, [, text]] of lines.entries()) {
			const value = place.children[index * 2 + 1]
			if (value && value.textContent !== text) value.textContent = text
		}
	}

	return {
		element,
		draw,
		destroy() {
			seen.disconnect()
			plot?.destroy()
			element.remove()
		},
	}
}

/** @param {number} time seconds since 1970 */
const isToday = (time) => new Date(time * 1000).toDateString() === new Date().toDateString()

/** @param {string} tag @param {string} text */
function made(tag, text) {
	const element = document.createElement(tag)
	element.textContent = text
	return element
}

/** @param {'th' | 'td'} tag @param {string[]} cells */
function row(tag, cells) {
	const line = document.createElement('tr')
	line.append(...cells.map((text, place) => made(place === 0 ? 'th' : tag, text)))
	for (const cell of line.children) if (cell.tagName === 'TH') cell.setAttribute('scope', tag === 'th' ? 'col' : 'row')
	return line
}
