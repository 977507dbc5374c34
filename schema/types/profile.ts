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
	 * Remarks of the author for the next one.
	 */
	description?: string
	/**
	 * Name of one parent, or of a fragment under common/. Objects merge key by key, the later wins, null removes, arrays replace.
	 */
	extends?: string
	/**
	 * The meter that is read.
	 */
	meter?: {
		/**
		 * Grid operator.
		 */
		operator?: string
		/**
		 * Grid operators that are known to use this meter as the profile reads it.
		 *
		 * @maxItems 32
		 */
		operators?: string[]
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
		 * The socket that the meter is read at: P1 or wired M-Bus on RJ12, terminals of wired M-Bus, the HAN port on RJ45, a slot for a module, an optical head, RS-485, an adapter that publishes by MQTT.
		 */
		port?: 'p1-rj12' | 'mbus-rj12' | 'mbus-terminals' | 'han-rj45' | 'han-module' | 'optical' | 'rs485' | 'adapter' | 'other'
		/**
		 * ISO 3166 code.
		 */
		country?: string
		/**
		 * IANA name of the zone that the meter's local time is in.
		 */
		timezone?: string
		/**
		 * What each tariff is, by its number: high, low, or the operator's own word. `info` and the outputs have it beside `tariff_index`.
		 */
		tariffs?: {
			[k: string]: string
		}
	}
	/**
	 * Seconds between two telegrams. Three times this without one, and the meter is offline.
	 */
	interval?: number
	transport?: Transport
	decoder?: Decoder
	/**
	 * Harmonized field → JSONata expression. `id` and `time` override what the decoder found; `extra.<name>` is free. `*` is a path to values by OBIS code (`obis`): each field that has a code and is not stated is taken from it.
	 */
	transform?: {
		[k: string]: string
	}
	/**
	 * Meaning of the fields `extra.<name>`, by name: unit, class, label and OBIS code, as `info` and the outputs give them.
	 */
	extra?: {
		[k: string]: ExtraField
	}
	/**
	 * Plausible values, by field; `name*` for all that begin so, the longer name wins. Others are withheld and named in the reading's issues. A profile states what differs from the default, key by key; null removes.
	 */
	expect?: {
		[k: string]: Expectation
	}
	/**
	 * Folders under meters/, or below the profile's own folder, with X.capture.jsonl and X.expected.json. By default the folder of the profile's own name, else its parent's; [] for none.
	 *
	 * @maxItems 32
	 */
	samples?: string[]
}
/**
 * How bytes or messages come. The host, device or file stands in the config, never in a profile. A `kind` other than the parent's replaces the whole section; from serial to tcp, how the meter is asked (`request`, `signOn`) stays.
 *
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "Transport".
 */
export interface Transport {
	/**
	 * The kind of input.
	 */
	kind?: 'serial' | 'tcp' | 'mqtt' | 'capture'
	/**
	 * serial: baudRate, dataBits, parity and stopBits in one: 2400 8E1.
	 */
	line?: string
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
	signOn?: SignOn
	request?: Request
	/**
	 * Milliseconds of silence after which a begun frame is given up (and, without a link layer, an APDU is complete). 1000 by default.
	 */
	idle?: number
	/**
	 * tcp: seconds without a byte after which the connection is opened again. Three times the profile's interval, at least 30, by default.
	 */
	silence?: number
	/**
	 * mqtt: what to subscribe to, one topic or a list; +name is a level that expressions see as topic.name, a last # any rest.
	 */
	topic?: string | [string, ...string[]]
	merge?: Merge
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
	 * mqtt: what a message holds: JSON or a plain value (as decoder.application says), or the bytes of a meter, as they are or as hex digits. json by default.
	 */
	payload?: 'json' | 'bytes' | 'hex'
	/**
	 * capture: 1 is as recorded, 10 ten times faster, 0 without waiting. 1 by default.
	 */
	speed?: number
	/**
	 * capture: begin again at the end.
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
 * serial, tcp: the meter speaks only when asked (IEC 62056-21, modes A to C). The line begins with the transport's baudRate.
 *
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "SignOn".
 */
export interface SignOn {
	/**
	 * The meter's address on a shared line; none by default.
	 */
	address?: string
	/**
	 * Seconds from the end of one readout to the next sign-on. 60 by default.
	 */
	interval?: number
	/**
	 * Seconds of NUL bytes before each request, for meters with a battery, which sleep (IEC 62056-21, annex B: 2.1 to 2.3). None by default.
	 */
	wakeUp?: number
	/**
	 * Bits per second of the readout; by default what the meter offers in its identification.
	 */
	speed?: 300 | 600 | 1200 | 2400 | 4800 | 9600 | 19200
	/**
	 * Reads in programming mode instead of the readout: command and data set. Commands that do not read stand in the config only.
	 *
	 * @maxItems 16
	 */
	commands?:
		| []
		| [string]
		| [string, string]
		| [string, string, string]
		| [string, string, string, string]
		| [string, string, string, string, string]
		| [string, string, string, string, string, string]
		| [string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string, string, string, string, string]
}
/**
 * serial, tcp: the meter answers when it is asked. By `address` or `secondary` a wired M-Bus meter is asked for all its telegrams, and several meters share one converter: entries with the same device, or the same host and port, are asked in turn. `hex` goes before both, `secondary` before `address`.
 *
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "Request".
 */
export interface Request {
	/**
	 * Primary address of a wired M-Bus meter: 0 to 250, or 254 for whatever meter is alone on its bus.
	 */
	address?: number
	/**
	 * Secondary address of a wired M-Bus meter: the eight digits of its identification number (a reading's `id`), F for any digit.
	 */
	secondary?: string
	/**
	 * With `secondary`: the maker's three letters; any by default.
	 */
	manufacturer?: string
	/**
	 * With `secondary`: the version in the meter's header; any by default.
	 */
	version?: number
	/**
	 * With `secondary`: the type of the device in the meter's header (4 heat, 7 water); any by default.
	 */
	medium?: number
	/**
	 * In the config only: other messages to send, one after the other, half a second between; the meter has the line to itself.
	 *
	 * @minItems 1
	 * @maxItems 16
	 */
	hex?:
		| [string]
		| [string, string]
		| [string, string, string]
		| [string, string, string, string]
		| [string, string, string, string, string]
		| [string, string, string, string, string, string]
		| [string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string, string, string, string]
		| [string, string, string, string, string, string, string, string, string, string, string, string, string, string, string, string]
	/**
	 * Seconds between two requests. 60 by default.
	 */
	interval?: number
}
/**
 * mqtt: the messages of several topics make one telegram, and stand by name in `json`. It ends when its time is over, when a name comes again, or with `until`; what did not come is absent.
 *
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "Merge".
 */
export interface Merge {
	/**
	 * The named level that is a message's name in `json`; several with / nest (group/name: json.import.active). Of topics without it, and by default, the last level.
	 */
	by?: string
	/**
	 * Milliseconds from the first message of a telegram to the last: less than from one telegram to the next. 1000 by default.
	 */
	window?: number
	/**
	 * The name of the message that is always the last: the telegram is complete with it.
	 */
	until?: string
}
/**
 * How bytes become a telegram.
 *
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "Decoder".
 */
export interface Decoder {
	/**
	 * Link layer. `raw`: none, one APDU after the other; `auto`: told from the bytes. Not for json and value.
	 */
	link?: 'hdlc' | 'mbus' | 'sml' | 'p1' | 'iec62056-21' | 'llc' | 'raw' | 'auto'
	/**
	 * The protocol that the frames carry; of messages json, or value for one plain value a topic, which stands in `json` by the topic's last level or `transport.merge.by`. With "link": "auto" it may be left out.
	 */
	application?: 'dlms' | 'p1' | 'mbus' | 'sml' | 'iec62056-21' | 'json' | 'value'
	/**
	 * Scalers and units that the meter leaves out, by full or short OBIS code, quantity (power_factor), unit (A, V, Hz, W …; SI) or * for all others; the more specific wins.
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
			 * sml: the value is sent without its sign; it is negative while this bit of a status word is set.
			 */
			negate?: {
				/**
				 * OBIS code of the register whose status word tells the direction.
				 */
				status: string
				/**
				 * Number of the bit, 0 the lowest.
				 */
				bit: number
			}
			/**
			 * True: this holds even where the meter sends scaler and unit.
			 */
			override?: boolean
		}
	}
	/**
	 * For lists without OBIS codes: for each length of the list what each place is: `CODE`, `CODE KIND`, `- KIND` (no use, but always so), or null for anything. Words behind the length tell lists of one length apart (`9 counters`); the first that fits counts, and a telegram that none fits is refused. Values of lists inside the list are places of their own, in wire order. KIND: a type (u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 enum bool bits bcd null), number, clock, date, time, text, digits, octets, a size in bytes behind the last three (digits(16)), or =TEXT for exactly this text, number, OBIS code or hex digits; `|` between alternatives. Without KIND a place holds what its code demands: power, energy, voltage … a number, 1.0.0 a clock, an id a text. `validate --update` adds the kinds that the samples show.
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
	 * iec62056-21: `optional` takes a readout that breaks off before ETX and its block check, too.
	 */
	blockCheck?: 'required' | 'optional'
	/**
	 * Authentication key that the operator publishes for all its meters (hex digits); a key in the config goes before it.
	 */
	authenticationData?: string
	/**
	 * System title of a meter that ciphers and does not send it: 16 hex digits.
	 */
	systemTitle?: string
	/**
	 * `required`: the tag must be there and right. `optional`: checked where an authentication key is configured.
	 */
	authentication?: 'required' | 'optional'
	/**
	 * json, value: payloads that are no telegrams, such as Online.
	 */
	ignore?: string[]
	/**
	 * json: the object that is this meter's where a message holds several meters ({"z": {…}, "wp": {…}}); the others are kept from `json`. `*`: the first that gives a reading, and no other after it. Without it the whole message is one meter's.
	 */
	object?: string
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "ExtraField".
 */
export interface ExtraField {
	/**
	 * Unit of the value, SI; none by default.
	 */
	unit?: string
	/**
	 * The quantity, in one word; by default what the unit measures. energy, reactive_energy, volume and count are counters.
	 */
	class?:
		| 'power'
		| 'energy'
		| 'reactive_power'
		| 'reactive_energy'
		| 'apparent_power'
		| 'voltage'
		| 'current'
		| 'frequency'
		| 'power_factor'
		| 'volume'
		| 'volume_flow_rate'
		| 'temperature'
		| 'duration'
		| 'count'
		| 'number'
		| 'text'
		| 'time'
	/**
	 * A few words for people; by default the name.
	 */
	label?: string
	/**
	 * OBIS code C.D.E; none by default.
	 */
	obis?: string
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "Expectation".
 */
export interface Expectation {
	/**
	 * Lowest plausible value.
	 */
	min?: number
	/**
	 * Highest plausible value: for power what the connection's fuse lets through.
	 */
	max?: number
	/**
	 * True: 0 is plausible besides, as missing phases send it.
	 */
	orZero?: boolean
	/**
	 * True: a counter. A lower value is withheld until later ones confirm it (`confirm`), the meter's id changes, or the config's `reset`.
	 */
	rising?: boolean
	/**
	 * With `rising`: watts (var) that the connection can carry; a counter that rises faster is withheld. By default three phases of 80 A at 253 V.
	 */
	maxPower?: number
	/**
	 * With `rising`: cubic metres an hour that the pipe can carry; a volume that rises faster is withheld.
	 */
	maxFlow?: number
	/**
	 * With `rising`: a counter that fell or leapt counts again when so many of so many values in a row follow from each other and rise.
	 */
	confirm?: string
	/**
	 * time: seconds that the meter's clock may differ from the time of arrival; beyond, the reading carries the time of arrival, and the meter's own as `meter_time`.
	 */
	drift?: number
}
