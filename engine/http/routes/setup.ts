import { bodies } from '../../../schema/types/bodies.ts'
import { doneOr, given, isRefusal, refusal } from '../reply.ts'
import { type Route, taking, through } from '../route.ts'
import { download } from './telegrams.ts'

const setup = through(({ setup }) => setup, 'Setting up meters')
const config = through(({ config }) => config, 'Changing the config')
const wrong = { 503: { value: 'Failure' } }
const one = { 404: { value: 'Failure' }, ...wrong }
const started = { 422: { value: 'Failure' }, 429: { value: 'Failure' }, ...wrong }

/** The routes that help to set up a meter. */
export const setupRoutes: Route[] = [
	{
		method: 'get',
		path: '/ports',
		right: 'change',
		summary: 'The serial ports of this machine',
		answers: { 200: { value: 'PortList' }, ...wrong },
		reply: setup((door) => given(door.ports())),
	},
	{
		method: 'post',
		path: '/setup/probes',
		right: 'change',
		summary: 'Listens to a port, and finds out what is there; it ends automatically',
		answers: { 202: { value: 'Probe' }, 409: { value: 'Failure' }, ...started },
		...taking('ProbeRequest', bodies.ProbeRequest, (ask, body) => setup((door) => given(door.probe(body), 202))(ask)),
	},
	{
		method: 'get',
		path: '/setup/probes/:id',
		right: 'change',
		summary: 'The findings of listening so far',
		answers: { 200: { value: 'Probe' }, ...one },
		reply: setup((door, ask) => given(door.probed(ask.param('id')))),
	},
	{
		method: 'delete',
		path: '/setup/probes/:id',
		right: 'change',
		summary: 'Ends listening',
		answers: { 204: { description: 'It has ended.' }, ...one },
		reply: setup((door, ask) => doneOr(door.endProbe(ask.param('id')))),
	},
	{
		method: 'post',
		path: '/setup/probes/:id/keys',
		right: 'change',
		summary: 'Checks keys with what has arrived, and says which of them is wrong',
		answers: { 200: { value: 'Probe' }, 422: { value: 'Failure' }, ...one },
		...taking('KeysGiven', bodies.KeysGiven, (ask, body) => setup((door) => given(door.giveKeys(ask.param('id'), body)))(ask)),
	},
	{
		method: 'get',
		path: '/setup/probes/:id/recording',
		right: 'change',
		summary: 'The data that has arrived, as a recording to share, anonymized',
		answers: { 200: { types: ['application/x-ndjson'] }, ...one },
		reply: setup(async (door, ask) => {
			const found = await door.probeRecording(ask.param('id'))
			return isRefusal(found) ? refusal(found) : download(found)
		}),
	},
	{
		method: 'get',
		path: '/setup/broker',
		right: 'change',
		summary: 'The broker that answers on this machine: nothing where none does',
		answers: { 200: { value: 'BrokerFound' }, ...wrong },
		reply: setup((door) => given(door.suggestBroker())),
	},
	{
		method: 'post',
		path: '/setup/broker',
		right: 'change',
		summary: 'Tests a broker, and says what it answers',
		answers: { 200: { value: 'BrokerAnswer' }, ...started },
		...taking('BrokerRequest', bodies.BrokerRequest, (ask, body) => setup((door) => given(door.testBroker(body)))(ask)),
	},
	{
		method: 'post',
		path: '/setup/heard',
		right: 'change',
		summary: 'Listens at a broker for adapters of known profiles; it ends automatically',
		answers: { 202: { value: 'Heard' }, ...started },
		...taking('HeardRequest', bodies.HeardRequest, (ask, body) => setup((door) => given(door.listen(body), 202))(ask)),
	},
	{
		method: 'get',
		path: '/setup/heard/:id',
		right: 'change',
		summary: 'The adapters heard so far',
		answers: { 200: { value: 'Heard' }, ...one },
		reply: setup((door, ask) => given(door.heard(ask.param('id')))),
	},
	{
		method: 'delete',
		path: '/setup/heard/:id',
		right: 'change',
		summary: 'Ends listening at a broker',
		answers: { 204: { description: 'It has ended.' }, ...one },
		reply: setup((door, ask) => doneOr(door.endListening(ask.param('id')))),
	},
	{
		method: 'post',
		path: '/setup/meters',
		right: 'change',
		summary: 'Adds a meter to the config; keys and passwords go to files of their own',
		answers: { 200: { value: 'ConfigChange' }, 409: { value: 'Failure' }, ...started },
		...taking('NewMeter', bodies.NewMeter, (ask, body) => config((door) => given(door.addMeter(body)))(ask)),
	},
]
