import type { MeterChange } from '../../../schema/types/api.ts'
import { bodies } from '../../../schema/types/bodies.ts'
import { csvOf } from '../../history/csv.ts'
import { visible } from '../../text/visible.ts'
import { done, given, isRefusal, type Reply, refusal, unknown, value } from '../reply.ts'
import { type Ask, type Route, taking, through } from '../route.ts'
import { isLong, spanOf } from '../span.ts'
import { meterList, meterView, offView, stoppedView } from '../views.ts'

const config = through(({ config }) => config, 'Changing the config')
const history = through(({ history }) => history, 'Looking back')
const wrong = { 404: { value: 'Failure' } }
const change = {
	200: { value: 'ConfigChange' },
	409: { value: 'Failure' },
	422: { value: 'Failure' },
	503: { value: 'Failure' },
}

/** Whether there is a meter of that name in the config, running or not. */
function hasMeter({ site }: Ask, name: string): boolean {
	if (site.meter(name)) return true
	const { missing, off = [] } = site.now()
	return [...missing, ...off].some((meter) => meter.name === name)
}

const noMeter = (name: string): Reply => unknown('meter', `There is no meter "${visible(name, 64)}".`, 'GET /api/meters lists them.')

/** Answers of a meter that there is. */
const ofMeter =
	<Rest extends unknown[]>(reply: (ask: Ask, name: string, ...rest: Rest) => Reply | Promise<Reply>) =>
	(ask: Ask, ...rest: Rest) => {
		const name = ask.param('name')
		return hasMeter(ask, name) ? reply(ask, name, ...rest) : noMeter(name)
	}

function oneMeter({ site }: Ask, name: string): Reply {
	const snapshot = site.meter(name)
	if (snapshot) return value(meterView(snapshot))
	const { missing, off = [] } = site.now()
	const stopped = missing.find((meter) => meter.name === name)
	if (stopped) return value(stoppedView(stopped))
	const isOff = off.find((meter) => meter.name === name)
	return isOff ? value(offView(isOff)) : noMeter(name)
}

const time = { type: 'string', description: 'ISO 8601' }

/** The meters: what they say, and their history. */
export const meterRoutes: Route[] = [
	{
		method: 'get',
		path: '/meters',
		right: 'look',
		summary: 'All meters as they are known now',
		answers: { 200: { value: 'MeterList' } },
		reply: ({ site }) => value(meterList(site)),
	},
	{
		method: 'get',
		path: '/meters/:name',
		right: 'look',
		summary: 'A meter as it is known now',
		answers: { 200: { value: 'MeterView' }, ...wrong },
		reply: ofMeter(oneMeter),
	},
	{
		method: 'put',
		path: '/meters/:name',
		right: 'change',
		summary: 'Changes a meter in the config',
		answers: { ...change, ...wrong },
		...taking(
			'MeterChange',
			bodies.MeterChange,
			config((door, ask, body: MeterChange) => given(door.changeMeter(ask.param('name'), body))),
		),
	},
	{
		method: 'delete',
		path: '/meters/:name',
		right: 'change',
		summary: 'Takes a meter out of the config, with its history if asked for',
		query: { history: { description: '1: its history goes, too.', schema: { enum: ['1'] } } },
		answers: { ...change, ...wrong },
		reply: config((door, ask) => given(door.removeMeter(ask.param('name'), ask.query('history') === '1'))),
	},
	{
		method: 'get',
		path: '/meters/:name/history',
		right: 'look',
		summary: 'The history of a meter, bar by bar',
		query: {
			from: { description: 'Beginning; a day, or as many as the step needs, before `to` without it.', schema: time },
			to: { description: 'End; now without it.', schema: time },
			step: { description: 'Length of a bar.', schema: { enum: ['minute', 'quarter', 'hour', 'day', 'month', 'year'], default: 'day' } },
			format: { description: 'Saves it as a file.', schema: { enum: ['json', 'csv'] } },
		},
		answers: {
			200: { value: 'History', types: ['text/csv'] },
			400: { value: 'Failure' },
			503: { value: 'Failure' },
			429: { value: 'Failure' },
			...wrong,
		},
		isLong({ query }) {
			const span = spanOf({ from: query('from'), to: query('to'), step: query('step') })
			return !('code' in span) && isLong(span)
		},
		reply: ofMeter((ask, name) =>
			history(async (door, { query }) => {
				const span = spanOf({ from: query('from'), to: query('to'), step: query('step') })
				if ('code' in span) return { status: 400, value: { error: span } }
				const found = await door.bars(name, span)
				if (isRefusal(found)) return refusal(found)
				const format = query('format')
				const file = `${name}-${span.step}-${found.from.slice(0, 10)}`
				if (format === 'csv') return { status: 200, content: { type: 'text/csv; charset=utf-8', body: csvOf(found), name: `${file}.csv` } }
				const saved = {
					status: 200,
					content: { type: 'application/json', body: JSON.stringify(found, undefined, '\t'), name: `${file}.json` },
				}
				return format === 'json' ? saved : value(found)
			})(ask),
		),
	},
	{
		method: 'delete',
		path: '/meters/:name/history',
		right: 'change',
		summary: 'Forgets the history of a meter, also of one that is no longer in the config',
		answers: { 204: { description: 'It is forgotten.' }, 503: { value: 'Failure' } },
		reply: history(async (door, ask) => {
			try {
				await door.forget(ask.param('name'))
				return done
			} catch (error) {
				return refusal({
					refused: 'unavailable',
					code: 'history-disk',
					message: `The history cannot be deleted (${(error as Error).message}).`,
					hint: 'See what is wrong with the disk, and try again.',
				})
			}
		}),
	},
	{
		method: 'get',
		path: '/meters/:name/totals',
		right: 'look',
		summary: 'Today, yesterday, this month and the last, and this year',
		answers: { 200: { value: 'Totals' }, 503: { value: 'Failure' }, ...wrong },
		reply: ofMeter((ask, name) =>
			history((door) => {
				const found = door.totals(name)
				return found
					? value(found)
					: unknown('no-history', `Nothing is kept of ${name} yet.`, 'It is there a quarter of an hour after the first reading.')
			})(ask),
		),
	},
]
