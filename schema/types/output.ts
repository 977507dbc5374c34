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
 * How readings are published by another convention: expressions that give messages.
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
	/**
	 * Messages that it must give for a reading. An edit that gives others is refused.
	 */
	samples: Sample[]
}
/**
 * This interface was referenced by `Output`'s JSON-Schema
 * via the `definition` "Sample".
 */
export interface Sample {
	/**
	 * Which expression.
	 */
	on: 'reading' | 'announce' | 'meter' | 'bridge'
	/**
	 * A reading; what is missing in its head is filled in.
	 */
	reading?: {}
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
	 * The messages that must come out; `payload` as the object that it is.
	 */
	messages: Message[]
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
