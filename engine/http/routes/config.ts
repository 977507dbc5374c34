import { bodies } from '../../../schema/types/bodies.ts'
import { LARGE } from '../body.ts'
import { given, isRefusal, refusal, value } from '../reply.ts'
import { matchOf, type Route, taking, through } from '../route.ts'

const config = through(({ config }) => config, 'Changing the config')
const wrong = { 503: { value: 'Failure' } }
const change = { 200: { value: 'ConfigChange' }, 409: { value: 'Failure' }, 422: { value: 'Failure' }, ...wrong }

/** The config as text, and outputs. */
export const configRoutes: Route[] = [
	{
		method: 'get',
		path: '/config',
		right: 'change',
		summary: 'The config as it is on disk',
		answers: { 200: { value: 'ConfigText' }, ...wrong },
		reply: config(async (door) => {
			const found = await door.read()
			return isRefusal(found) ? refusal(found) : { ...value(found), headers: { ETag: `"${found.etag}"` } }
		}),
	},
	{
		method: 'put',
		path: '/config',
		right: 'change',
		summary: 'Replaces the config; If-Match names the text that was changed, and 412 tells that it is another one by now',
		answers: { ...change, 412: { value: 'Failure' } },
		...taking(
			'ConfigEdit',
			bodies.ConfigEdit,
			(ask, { text }) =>
				config((door) => {
					if (ask.header('if-match') === undefined) return refusal(UNMATCHED)
					return given(door.write(text, matchOf(ask)))
				})(ask),
			LARGE,
		),
	},
	{
		method: 'post',
		path: '/config/undo',
		right: 'change',
		summary:
			'Takes back the last change of the config that was made here; If-Match names the text that it made, and 412 tells that there is another one by now',
		answers: { ...change, 412: { value: 'Failure' } },
		reply: config((door, ask) => given(door.undo(matchOf(ask)))),
	},
	{
		method: 'get',
		path: '/outputs',
		right: 'look',
		summary: 'Other conventions that readings can be published by',
		answers: { 200: { value: 'OutputList' } },
		reply: ({ site }) => value({ outputs: site.outputs() }),
	},
	{
		method: 'put',
		path: '/outputs/:name',
		right: 'change',
		summary: 'Switches an output on or off in the config',
		answers: { ...change, 404: { value: 'Failure' } },
		...taking('OutputSwitch', bodies.OutputSwitch, (ask, { enabled }) =>
			config((door) => given(door.switchOutput(ask.param('name'), enabled)))(ask),
		),
	},
]

const UNMATCHED = {
	refused: 'invalid',
	code: 'if-match',
	message: 'The request does not say which text it changes.',
	hint: 'Send the etag of GET /api/config as If-Match.',
} as const
