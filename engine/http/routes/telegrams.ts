import { bodies } from '../../../schema/types/bodies.ts'
import { visible } from '../../text/visible.ts'
import { doneOr, given, isRefusal, type Reply, refusal, unknown, value } from '../reply.ts'
import { type Route, taking, through } from '../route.ts'
import type { Download } from '../site.ts'

const telegrams = through(({ telegrams }) => telegrams, 'Looking at telegrams')
const wrong = { 404: { value: 'Failure' }, 503: { value: 'Failure' } }

/** Answers with a recording, as a file. */
export const download = ({ name, text }: Download): Reply => ({
	status: 200,
	content: { type: 'application/x-ndjson; charset=utf-8', body: text, name },
})

/** The last telegrams of a meter, and recordings for people who help. */
export const telegramRoutes: Route[] = [
	{
		method: 'get',
		path: '/meters/:name/telegrams',
		right: 'change',
		summary: 'The last telegrams of a meter',
		answers: { 200: { value: 'TelegramList' }, ...wrong },
		reply: telegrams((door, ask) => {
			const name = ask.param('name')
			const found = door.list(name)
			return found ? value({ telegrams: found }) : unknown('meter', `No meter "${visible(name, 64)}" runs.`, 'GET /api/meters lists them.')
		}),
	},
	{
		method: 'get',
		path: '/meters/:name/telegrams/:id',
		right: 'change',
		summary: 'A telegram, its bytes explained; the keys are never in it',
		answers: { 200: { value: 'TelegramDetail' }, ...wrong },
		reply: telegrams((door, ask) => given(door.explain(ask.param('name'), ask.param('id')))),
	},
	{
		method: 'post',
		path: '/meters/:name/recording',
		right: 'change',
		summary: 'Records what arrives from a meter, for so many seconds',
		answers: { 202: { value: 'RecordingStarted' }, 422: { value: 'Failure' }, 429: { value: 'Failure' }, ...wrong },
		...taking('RecordingRequest', bodies.RecordingRequest, (ask, { seconds }) =>
			telegrams((door) => given(door.record(ask.param('name'), seconds), 202))(ask),
		),
	},
	{
		method: 'get',
		path: '/recordings/:id',
		right: 'change',
		summary: 'A recording, anonymized; or how long it still takes',
		answers: { 200: { types: ['application/x-ndjson'] }, 202: { value: 'RecordingWait' }, ...wrong },
		reply: telegrams(async (door, ask) => {
			const found = await door.recording(ask.param('id'))
			if (isRefusal(found)) return refusal(found)
			return 'remaining' in found ? value(found, 202) : download(found)
		}),
	},
	{
		method: 'delete',
		path: '/recordings/:id',
		right: 'change',
		summary: 'Ends a recording and forgets it',
		answers: { 204: { description: 'It is forgotten.' }, ...wrong },
		reply: telegrams((door, ask) => doneOr(door.endRecording(ask.param('id')))),
	},
]
