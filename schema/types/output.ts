/* Generated from schema/output.schema.json by `npm run types`. Do not edit. */

/**
 * A text, number or boolean, or names with texts.
 *
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Option".
 */
export type Option =
	| (string | number | boolean)
	| {
			[k: string]: string
	  }
/**
 * JSONata, in one text or a list of lines; gives a message { topic, payload, retain, qos } or a list of them.
 *
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Expression".
 */
export type Expression = string | string[]
/**
 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
 *
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Reply".
 */
export type Reply = string | string[]

/**
 * How readings are published by another convention: expressions that give messages. Or how a meter answers as a device that others know: expressions that give replies.
 */
export interface Output {
	/**
	 * Path of this schema, for editors.
	 */
	$schema?: string
	/**
	 * The output's name: the file's name without .json.
	 */
	output: string
	/**
	 * Version of the output (semver).
	 */
	version: string
	/**
	 * One line for people.
	 */
	title: string
	/**
	 * Remarks of the author for the next one.
	 */
	description?: string
	/**
	 * Options that the config may set besides `meters` and `options`. All by default. An output that only points at the topics of the meter admits neither `units` nor `digits`.
	 */
	admits?: ('fields' | 'interval' | 'onChange' | 'digits' | 'units')[]
	/**
	 * Names that the config may set under `options`, and their defaults.
	 */
	options?: {
		[k: string]: Option
	}
	/**
	 * Gives the messages of each reading.
	 */
	reading?: string | string[]
	/**
	 * Gives the messages that describe a meter: when its first reading came, when it has new fields, another profile or none.
	 */
	announce?: string | string[]
	/**
	 * Gives the messages that describe a meter of the config, also before its first reading: at the start, and with each announcement. It sees no reading; `meter.id` only once that is known.
	 */
	meter?: string | string[]
	/**
	 * Gives the messages that describe this process: once at its start.
	 */
	bridge?: string | string[]
	/**
	 * A message after which everything is announced again. `topic` is an expression that sees `options`.
	 */
	birth?: {
		topic: string
		payload: string
	}
	answer?: Answer
	http?: HttpAnswers
	udp?: UdpAnswers
	modbus?: ModbusAnswers
	/**
	 * Services that are announced by mDNS (DNS-SD), so that others find the device. Not announced where the config has the output on 127.0.0.1.
	 */
	mdns?: MdnsService[]
	/**
	 * Messages that it must give for a reading, and replies that it must give to a request. An edit that gives others is refused.
	 */
	samples: Sample[]
}
/**
 * What all replies share.
 *
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Answer".
 */
export interface Answer {
	/**
	 * Age beyond which a field is absent from `state`, counted from the arrival of its telegram: in intervals of the meter as they are, or in seconds. 2 intervals by default; the config can say another.
	 */
	maxAge?: string
	/**
	 * Fields that meters send less often, with * at the end for all that begin so: how much older than the last telegram they may be. That one must not be older than `maxAge`: a silent meter has none of them.
	 */
	slow?: {
		[k: string]: string
	}
	/**
	 * Fields without which `values` are absent: `a|b` needs one of the two. With all of them, a reply has no value made of half a meter.
	 */
	needs?: string[]
	/**
	 * Expressions that are evaluated once a reading, over `state`, `known`, `meter`, `profile`, `options` and `bridge`: replies see what they give as `values.‹name›`. All are absent while a field of `needs` is.
	 */
	values?: {
		[k: string]: Expression
	}
	/**
	 * Decimal places of the numbers in JSON, by their keys, with * at the beginning or end for all that end or begin so; the first that fits holds. A number is rounded to them and written with all of them (`0.0`), since some clients read no other form. Others are written as they are.
	 */
	decimals?: {
		[k: string]: number
	}
}
/**
 * An HTTP server of its own, without a password. It answers GET and HEAD, and the methods that a route names; nothing can be written.
 *
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "HttpAnswers".
 */
export interface HttpAnswers {
	/**
	 * The device's port; the config's `port` takes its place.
	 */
	port: number
	/**
	 * The first route whose path and method fit answers.
	 *
	 * @minItems 1
	 */
	routes: [Route, ...Route[]]
	/**
	 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
	 */
	unavailable?: string | string[]
	/**
	 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
	 */
	otherwise?: string | string[]
	websocket?: WebSocketAnswers
}
/**
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Route".
 */
export interface Route {
	/**
	 * The path; one that ends with * fits all that begin so, and `request.rest` has what follows.
	 */
	path: string
	/**
	 * The methods that it answers. GET by default.
	 *
	 * @minItems 1
	 */
	methods?: ['GET' | 'POST' | 'PUT' | 'DELETE', ...('GET' | 'POST' | 'PUT' | 'DELETE')[]]
	reply: Reply
}
/**
 * WebSockets on the port of HTTP.
 *
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "WebSocketAnswers".
 */
export interface WebSocketAnswers {
	/**
	 * Where they are opened.
	 */
	path: string
	/**
	 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
	 */
	reply?: string | string[]
	/**
	 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
	 */
	notify?: string | string[]
	/**
	 * True: `notify` goes only to clients that have sent a message, and `request` is the last one.
	 */
	subscribed?: boolean
	/**
	 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
	 */
	unavailable?: string | string[]
}
/**
 * Replies to datagrams. One that is not JSON is counted, and has no reply.
 *
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "UdpAnswers".
 */
export interface UdpAnswers {
	/**
	 * The device's port; the config's `udpPort` takes its place.
	 */
	port: number
	/**
	 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
	 */
	reply: string | string[]
	/**
	 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
	 */
	unavailable?: string | string[]
}
/**
 * Registers that are read by Modbus TCP, or RTU over TCP where the config says so. Nothing can be written. A register that nothing is known of reads as its type says so (NaN, or the highest or lowest number, as SunSpec has it); one between others that is not listed reads 0; beyond the first and the last: exception 2.
 *
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "ModbusAnswers".
 */
export interface ModbusAnswers {
	/**
	 * The device's port; the config's `port` takes its place where the output has no `http`.
	 */
	port: number
	/**
	 * The unit that answers; 0 and 255 are answered too. 1 by default.
	 */
	unit?: number
	/**
	 * The functions that read the registers: 3 (holding registers), 4 (input registers). Others: exception 1.
	 *
	 * @minItems 1
	 */
	functions: [3 | 4, ...(3 | 4)[]]
	/**
	 * JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { "status": 404, "type": "text/plain", "body": …, "refused": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.
	 */
	available: string | string[]
	/**
	 * The registers.
	 *
	 * @minItems 1
	 */
	registers: [Register, ...Register[]]
}
/**
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Register".
 */
export interface Register {
	/**
	 * Address of the first word, from 0.
	 */
	at: number
	/**
	 * How the value is written, the high word first. One that is absent reads as its type says: no number, the lowest signed, the highest unsigned, 0 for SunSpec's counters (`acc32`). So do words between two registers.
	 */
	type: 'float32' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'acc32' | 'text'
	/**
	 * Words of a text. 8 by default.
	 */
	words?: number
	/**
	 * JSONata, in one text or a list of lines; gives a message { topic, payload, retain, qos } or a list of them.
	 */
	value: string | string[]
	/**
	 * What it is, for people.
	 */
	label?: string
}
/**
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "MdnsService".
 */
export interface MdnsService {
	/**
	 * The type of service: `http` is `_http._tcp`.
	 */
	type: string
	/**
	 * JSONata, in one text or a list of lines; gives a message { topic, payload, retain, qos } or a list of them.
	 */
	name: string | string[]
	/**
	 * JSONata, in one text or a list of lines; gives a message { topic, payload, retain, qos } or a list of them.
	 */
	txt?: string | string[]
}
/**
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Sample".
 */
export interface Sample {
	/**
	 * Which expression, or by which way it is asked; `notify`: the message of WebSockets.
	 */
	on: 'reading' | 'announce' | 'meter' | 'bridge' | 'http' | 'udp' | 'websocket' | 'notify' | 'modbus'
	/**
	 * A reading; what is missing in its head is filled in.
	 */
	reading?: {}
	/**
	 * Seconds since the reading, for replies. 0 by default; the interval is 10 s.
	 */
	age?: number
	/**
	 * The section `meter` of the meter's profile.
	 */
	meter?: {}
	/**
	 * With `meter`: the meter's id, where that is known.
	 */
	id?: string
	/**
	 * Laid over the defaults.
	 */
	options?: {
		[k: string]: Option
	}
	/**
	 * The messages that must come out, for `reading`, `announce` and `bridge`; `payload` as the object that it is.
	 */
	messages?: Message[]
	/**
	 * The request, for the other ways.
	 */
	request?: {
		/**
		 * Of HTTP. GET by default.
		 */
		method?: string
		/**
		 * Of HTTP, with its query.
		 */
		path?: string
		/**
		 * Sent as JSON; a text as it is.
		 */
		body?: {
			[k: string]: unknown
		}
		/**
		 * Of Modbus. The first of the output's functions by default.
		 */
		function?: number
		/**
		 * Of Modbus: the first register.
		 */
		at?: number
		/**
		 * Of Modbus: how many. 2 by default.
		 */
		count?: number
	}
	/**
	 * The reply that must come; {} for none.
	 */
	reply?: {
		/**
		 * Of HTTP. 200 by default.
		 */
		status?: number
		/**
		 * As the object that it is, or a text.
		 */
		body?: {
			[k: string]: unknown
		}
		/**
		 * Of Modbus: the words.
		 */
		hex?: string
		/**
		 * Of Modbus: the exception, in place of words.
		 */
		exception?: number
	}
}
/**
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Message".
 */
export interface Message {
	/**
	 * Where to: no + or #. $level(text) makes a level of any text.
	 */
	topic: string
	/**
	 * An object is sent as JSON, a number or boolean as text. Empty text clears a retained message.
	 */
	payload: {
		[k: string]: unknown
	}
	/**
	 * Whether the broker keeps it.
	 */
	retain?: boolean
	/**
	 * 1: at least once. 0 is sent as 1 as well: it waits while the broker is away.
	 */
	qos?: 0 | 1
}
