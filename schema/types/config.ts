/* Generated from schema/config.schema.json by `npm run types`. Do not edit. */

/**
 * A secret by reference: an environment variable, or a file's content.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "Secret".
 */
export type Secret =
	| {
			/**
			 * Name of an environment variable.
			 */
			$env: string
	  }
	| {
			/**
			 * Path of a file, relative to the config.
			 */
			$file: string
	  }
/**
 * An output by its name, or with settings of your own.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "OutputEntry".
 */
export type OutputEntry = string | OutputSettings

/**
 * The config of `cii2mqtt run`: the broker, the meters, their keys.
 */
export interface Config {
	/**
	 * Path of this schema, for editors.
	 */
	$schema?: string
	mqtt: Mqtt
	/**
	 * First level(s) of every topic that is written. cii by default.
	 */
	root?: string
	/**
	 * Name of this process under cii/bridge. main by default.
	 */
	instance?: string
	/**
	 * `read`: telegrams are framed and go to cii/raw/<shard>/<meter> as they are, no key is needed. `translate`: what readers publish there becomes readings. `both` by default: one process reads and translates.
	 */
	role?: 'both' | 'read' | 'translate'
	/**
	 * Shards (0000 to 1023) that a translator takes; each shard has one. Two digits are a shard of version 0.2: 16 of today's, with the same meters. All by default.
	 */
	shards?: string
	/**
	 * Processes that share out a translator's shards under one that starts and watches them; `auto`: one for each core. Their number may change at each start. One process without this.
	 */
	workers?: 'auto' | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16
	/**
	 * Folders with files of further meters ({"meters": […]}), relative to the config, read again when they change. Key files in them are relative to the file.
	 */
	meterFolders?: string[]
	/**
	 * Folders with profiles of your own, relative to the config. They shadow built-in profiles of the same name.
	 */
	profiles?: string[]
	/**
	 * Folder for what must outlive a restart (replay counters, last counter values, what outputs have announced, readings that wait, the history, hashes of the page's passwords, changes of the config that can be undone), relative to the config; systemd's STATE_DIRECTORY by default, else nothing is kept.
	 */
	stateDir?: string
	/**
	 * Other conventions that readings are published by, and devices that this process answers as: names of files in profiles/outputs/, or in outputs/ of a folder of your own.
	 */
	outputs?: OutputEntry[]
	http?: Http
	/**
	 * The history over days, in stateDir: energy and peak power of each quarter-hour, power of each minute. False keeps nothing. By default it is kept where the config has `http` and a stateDir.
	 */
	history?: boolean | HistorySettings
	/**
	 * The prices of energy. Among those that are for a meter, the one with the latest `from` holds.
	 */
	tariffs?: Tariff[]
	/**
	 * The meters to read.
	 */
	meters: Meter[]
}
/**
 * The broker: a `url`, or `embedded`.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "Mqtt".
 */
export interface Mqtt {
	/**
	 * mqtt://host:1883, mqtts://host:8883, ws://host:9001.
	 */
	url?: string
	/**
	 * User name.
	 */
	username?: string
	password?: Secret
	/**
	 * Client id. cii2mqtt-<instance> by default.
	 */
	clientId?: string
	/**
	 * TLS: file of the certificate authority (PEM), relative to the config.
	 */
	ca?: string
	/**
	 * TLS: file of the client's certificate (PEM).
	 */
	cert?: string
	/**
	 * TLS: file of the client's private key (PEM).
	 */
	key?: string
	/**
	 * TLS: name in the broker's certificate, where it is not the host of the url.
	 */
	servername?: string
	/**
	 * Readings that wait while the broker is away. Beyond the limits the oldest go, counted.
	 */
	outbox?: {
		/**
		 * 10000 by default.
		 */
		messages?: number
		/**
		 * 16 MB by default.
		 */
		bytes?: number
		/**
		 * True: readings are in stateDir until the broker has acknowledged them, and outlive the process: a kill loses none, a power cut those of the last second. False by default.
		 */
		disk?: boolean
	}
	/**
	 * A broker inside this process (MQTT 3.1.1): demo, tests, small homes.
	 */
	embedded?: {
		/**
		 * TCP port; 0 takes a free one. 1883 by default.
		 */
		port?: number
		/**
		 * Address to listen on. 127.0.0.1 by default.
		 */
		host?: string
	}
}
/**
 * An output, for some meters or fields only, less often, rounded, or in other units.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "OutputSettings".
 */
export interface OutputSettings {
	/**
	 * Its name.
	 */
	output: string
	/**
	 * Names of the meters that it is for. All by default; an output that is asked is for one.
	 */
	meters?: string[]
	/**
	 * Fields that it gets, with * at the end for all that begin so. All by default.
	 */
	fields?: string[]
	/**
	 * Seconds between two readings of a meter at least; those between are left out.
	 */
	interval?: number
	/**
	 * Only the fields whose values differ from the last ones that it got.
	 */
	onChange?: boolean
	/**
	 * Decimal places, after `units`.
	 */
	digits?: number
	/**
	 * `kilo`: kW, kWh, kvar, kvarh and kVA instead of W, Wh, var, varh and VA.
	 */
	units?: 'base' | 'kilo'
	/**
	 * For an output that is asked: the address of this computer on which it answers. All IPv4 addresses (0.0.0.0) by default, for whoever asks must reach it, and without a password, since the device has none. 127.0.0.1 is for programs on this computer only.
	 */
	host?: string
	/**
	 * For an output that is asked: its port, in place of the device's own. Ports below 1024 need rights.
	 */
	port?: number
	/**
	 * For an output that is asked by UDP: its UDP port, in place of the device's own.
	 */
	udpPort?: number
	/**
	 * For an output that is asked by Modbus: `rtu` for the frames of a serial line over TCP, as gateways send them.
	 */
	framing?: 'tcp' | 'rtu'
	/**
	 * For an output that is asked: seconds after which a field is no longer answered, in place of the output's own (twice the meter's interval).
	 */
	maxAge?: number
	/**
	 * Options of the output itself.
	 */
	options?: {}
}
/**
 * The page, its API under /api, /health and /metrics (Prometheus). Off without this.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "Http".
 */
export interface Http {
	/**
	 * TCP port; 0 takes a free one. 8080 by default.
	 */
	port?: number
	/**
	 * Address to listen on. 127.0.0.1 by default: whoever reaches another one needs the page's password.
	 */
	host?: string
	/**
	 * Public names that the page is opened by, behind a proxy. Addresses, names without a dot and those in .local, .lan, .internal and .home.arpa need none.
	 */
	names?: string[]
	/**
	 * @deprecated
	 * No longer used: the page asks this process, not the broker.
	 */
	broker?: string
	/**
	 * Path under which a reverse proxy offers the page, where the proxy does not take it away.
	 */
	path?: string
	/**
	 * Addresses or networks (10.0.0.0/24) of reverse proxies whose headers are believed: who asks (X-Forwarded-For), by which name and scheme (X-Forwarded-Host, X-Forwarded-Proto), and under which path (X-Ingress-Path). Name one that runs on this machine too: whoever asks from its address needs the password. People whom Home Assistant's ingress passes on (172.30.32.2, with X-Ingress-Path) are signed in there, and may change all. None by default.
	 */
	proxy?: string[]
}
/**
 * How long history is kept.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "HistorySettings".
 */
export interface HistorySettings {
	/**
	 * Days of quarter-hours. 800 by default.
	 */
	days?: number
	/**
	 * Days of minutes. 7 by default.
	 */
	minuteDays?: number
}
/**
 * Prices from a day on, until the next one holds.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "Tariff".
 */
export interface Tariff {
	/**
	 * First day, by the meter's time zone.
	 */
	from: string
	/**
	 * Currency (ISO 4217).
	 */
	currency: string
	/**
	 * Names of the meters that it is for. All by default.
	 */
	meters?: string[]
	/**
	 * Price of a kWh from the grid.
	 */
	import?: number
	/**
	 * Price of a kWh into the grid.
	 */
	export?: number
	/**
	 * Other prices at some hours; the first that fits holds.
	 *
	 * @maxItems 50
	 */
	windows?: TariffWindow[]
}
/**
 * Hours with other prices.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "TariffWindow".
 */
export interface TariffWindow {
	/**
	 * Days of the week. All by default.
	 */
	days?: string
	/**
	 * From one quarter-hour to another; past midnight where the end is not after the beginning. All by default.
	 */
	hours?: string
	/**
	 * Months. All by default.
	 */
	months?: string
	/**
	 * Price of a kWh from the grid at these hours.
	 */
	import?: number
	/**
	 * Price of a kWh into the grid at these hours.
	 */
	export?: number
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "Meter".
 */
export interface Meter {
	/**
	 * Name in the topics, cii/<name>/reading: A-Z, a-z, 0-9, _ and -, 64 at most; not bridge, not raw.
	 */
	name: string
	/**
	 * Profile that describes the meter, or a fragment that says enough.
	 */
	profile: string
	/**
	 * The title on the page. Its name by default.
	 */
	title?: string
	/**
	 * Amperes that the connection carries on each phase: the page shows the currents against it.
	 */
	fuse?: number
	/**
	 * The meter's id, for meters that send none.
	 */
	id?: string
	/**
	 * False: the meter is not read. True by default.
	 */
	enabled?: boolean
	/**
	 * True: the bytes of each telegram go to cii/raw/<shard>/<meter> as well. False by default.
	 */
	raw?: boolean
	/**
	 * Seconds between two telegrams of this meter or adapter, where that differs from the profile: three times this without one, and the meter is offline. A slower one is learned from what arrives.
	 */
	interval?: number
	transport?: MeterTransport
	/**
	 * Laid over the profile's decoder, for what differs from meter to meter (scalers behind current transformers).
	 */
	decoder?: {}
	/**
	 * Laid over the profile's `expect`: what this connection can carry.
	 */
	expect?: {}
	/**
	 * States that the meter starts over (swapped, set back): when this text changes, replay counters and last values are forgotten.
	 */
	reset?: string
	/**
	 * Keys of a ciphered meter: 32 or 64 hex digits each.
	 */
	keys?: {
		encryption?: Secret
		authentication?: Secret
	}
}
/**
 * Where the bytes or messages come from; the rest is laid over the profile's transport: line, topic, levels, …; a `kind` of its own replaces it.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "MeterTransport".
 */
export interface MeterTransport {
	/**
	 * serial: the device, /dev/ttyUSB0; capture: the file, relative to the config.
	 */
	path?: string | null
	/**
	 * tcp: name or address of the bridge (ser2net, Wi-Fi reader).
	 */
	host?: string | null
	/**
	 * tcp: port.
	 */
	port?: number | null
	/**
	 * mqtt: a broker of its own for these messages; the config's broker by default.
	 */
	url?: string | null
	[k: string]: unknown
}
