/**
 * What strangers may take of a process whose first duty are its meters. All that they may hold at once is some 150 MB; in the house that this broker is
 * for, ten clients hold one.
 */

/** Connections by TCP, and readers by WebSocket, each with its own limit: browsers do not keep adapters out; nor does one machine, which makes room. */
export const CONNECTIONS = { client: 100, reader: 50 }
/** Milliseconds until a connection has said who it is. */
export const CONNECT_WITHIN = 10_000
/** Bytes of a packet: an adapter's message, or a telegram, is below 64 kB. Readers only ask. */
export const PACKET = { own: 256 * 1024 * 1024, client: 256 * 1024, reader: 8192 }
/** Bytes of the first packet of a stranger. */
export const FIRST_PACKET = 16_384
/** Bytes and levels of a topic or filter: each level is a step for every message. */
export const TOPIC = { bytes: 512, levels: 32 }
/** Those of this process are as long as its config wants them. */
export const OWN_TOPIC: typeof TOPIC = { bytes: 65_535, levels: 65_535 }
/** Bytes of a client's name. */
export const CLIENT_ID = 256
/** Filters of one client, and of all. A house's Home Assistant asks for some hundreds, a translator for 1,088 with wildcards: one for each shard. */
export const FILTERS = { each: 1200, all: 5000, wildEach: 1100, wildAll: 2500 }
/** Sessions of strangers that outlive their connection, and how long (ms); a full house forgets the one that is longest away after an hour. */
export const SESSIONS = { all: 16, away: 86_400_000, least: 3_600_000 }
/** What waits for one such session: a day of a meter's telegrams, one in ten seconds, is 8,640. */
export const QUEUE = { messages: 10_000, bytes: 4 * 1024 * 1024 }
/** Messages that a session may leave unacknowledged before it gets more. */
export const IN_FLIGHT = 100
/** Messages of QoS 2 that a client may have begun. */
export const BEGUN = 1000
/** Retained messages of strangers. */
export const RETAINED = { messages: 2000, bytes: 8 * 1024 * 1024 }
/** Bytes that wait for a client which does not read: one's, and all clients' together. */
export const BACKLOG = { each: 1024 * 1024, all: 32 * 1024 * 1024 }
/** Bytes on their way beyond which what can wait does. */
export const SOFT_BACKLOG = 65_536
/**
 * Steps a second that strangers' packets may take in all, and at once. A step is a packet or a delivery, some 10 microseconds; a message for this process
 * itself costs as many as a telegram: it is read and published. So many retained messages or levels of filters are looked at, or messages sent, in one step.
 */
export const STEPS = { second: 8000, burst: 8000, ownDelivery: 16, connect: 20, looks: 128, sends: 4 }
/** Packets of one connection before the next has its turn. */
export const TURN = 16
