/* Generated from schema/profile.schema.json by `npm run types`. Do not edit. */

/**
 * How one meter or adapter is read: its line, its protocol, and what its values are called. Keys and passwords never stand here.
 */
export interface Profile {
	/**
	 * Path of this schema, for editors.
	 */
	$schema?: string
	/**
	 * The profile's name: the file's name without .json.
	 */
	profile?: string
	/**
	 * Version of the profile (semver).
	 */
	version?: string
	/**
	 * One line for people: operator, meter, interface.
	 */
	title?: string
	/**
	 * What an author wants to tell the next one.
	 */
	description?: string
	/**
	 * Name of one parent, or of a fragment under common/. Objects merge key by key, the later wins, null removes, arrays replace.
	 */
	extends?: string
	/**
	 * What is read.
	 */
	meter?: {
		/**
		 * Grid operator.
		 */
		operator?: string
		/**
		 * Maker of the meter.
		 */
		manufacturer?: string
		/**
		 * Model of the meter.
		 */
		model?: string
		/**
		 * Device between meter and network, where there is one.
		 */
		adapter?: string
		/**
		 * The customer interface: IDIS CII on P1, DSMR P1, wired M-Bus …
		 */
		interface?: string
		/**
		 * ISO 3166 code.
		 */
		country?: string
		/**
		 * IANA name of the zone that the meter's local time is in.
		 */
		timezone?: string
	}
	/**
	 * Seconds between two telegrams. Three times this without one, and the meter is offline.
	 */
	interval?: number
	transport?: Transport
	decoder?: Decoder
	/**
	 * Harmonized field → JSONata expression. `id` and `time` override what the decoder found; `extra.<name>` is free.
	 */
	transform?: {
		[k: string]: string
	}
	/**
	 * Folders under meters/, or paths relative to the profile, with X.capture.jsonl and X.expected.json.
	 */
	samples?: string[]
}
/**
 * Where the bytes or messages come from. A `kind` other than the parent's replaces the whole section.
 *
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "Transport".
 */
export interface Transport {
	/**
	 * What is opened.
	 */
	kind?: 'serial' | 'tcp' | 'mqtt' | 'capture'
	/**
	 * serial: the device, /dev/ttyUSB0; capture: the file.
	 */
	path?: string
	/**
	 * serial: bits per second.
	 */
	baudRate?: number
	/**
	 * serial: data bits.
	 */
	dataBits?: 7 | 8
	/**
	 * serial: parity.
	 */
	parity?: 'none' | 'even' | 'odd'
	/**
	 * serial: stop bits.
	 */
	stopBits?: 1 | 2
	/**
	 * serial: RTS/CTS handshake; some P1 cables power the data request by RTS.
	 */
	rtscts?: boolean
	/**
	 * tcp: name or address of the bridge (ser2net, Wi-Fi reader).
	 */
	host?: string
	/**
	 * tcp: port.
	 */
	port?: number
	/**
	 * Milliseconds of silence after which a begun frame is given up (and, without a link layer, an APDU is complete). 1000 by default.
	 */
	idle?: number
	/**
	 * tcp: seconds without a byte after which the connection is made anew. Three times the profile's interval, at least 30, by default.
	 */
	silence?: number
	/**
	 * mqtt: a broker of its own for these messages; the config's broker by default.
	 */
	url?: string
	/**
	 * mqtt: what to subscribe to; +name is a level that expressions see as topic.name, a last # any rest.
	 */
	topic?: string
	/**
	 * mqtt: the named level that tells meters apart. Pinned by `levels`, else bound to the first value seen; others are refused.
	 */
	identity?: string
	/**
	 * mqtt: fixed values of named levels.
	 */
	levels?: {
		[k: string]: string
	}
	/**
	 * mqtt: what a message holds: one JSON telegram, or the bytes of a meter as they are. json by default.
	 */
	payload?: 'json' | 'bytes'
	/**
	 * capture: 1 is as recorded, 10 ten times faster, 0 without waiting. 1 by default.
	 */
	speed?: number
	/**
	 * capture: begin anew at the end.
	 */
	loop?: boolean
	/**
	 * capture: milliseconds between the end and the next beginning. 5000 by default.
	 */
	pause?: number
	/**
	 * capture: `now` moves the meter's clock so that the first telegram is of now. `recorded` by default.
	 */
	clock?: 'recorded' | 'now'
}
/**
 * How bytes become a telegram.
 *
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "Decoder".
 */
export interface Decoder {
	/**
	 * Link layer. `raw`: one APDU between two silences. Not for JSON.
	 */
	link?: 'hdlc' | 'p1' | 'llc' | 'raw'
	/**
	 * What the frames carry.
	 */
	application?: 'dlms' | 'p1' | 'json'
	/**
	 * What the meter leaves out, by full or short OBIS code, or * for all others.
	 */
	registers?: {
		[k: string]: {
			/**
			 * Power of ten from the sent integer to the value.
			 */
			scaler?: number
			/**
			 * Unit of the value: W, kWh, V, …
			 */
			unit?: string
			/**
			 * True: this holds even where the meter sends scaler and unit.
			 */
			override?: boolean
		}
	}
	/**
	 * For lists without OBIS codes: for each length of the list, the code of each place, null for places without use.
	 */
	sequence?: {
		[k: string]: (string | null)[]
	}
	/**
	 * Which channel B a short code means when several carry it: code → B.
	 */
	channel?: {
		[k: string]: number
	}
	/**
	 * `required`: the tag must be there and right. `optional`: checked where an authentication key is configured.
	 */
	authentication?: 'required' | 'optional'
	/**
	 * json: payloads that are no telegrams, such as Online.
	 */
	ignore?: string[]
}
