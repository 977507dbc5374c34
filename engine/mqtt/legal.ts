/**
 * Characters for which a broker closes the connection (MQTT 5, 1.5.4): NUL and lone surrogates always, control characters and those that Unicode has set
 * aside with mosquitto.
 */
const HUNG_UP_ON = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u
const MAX_BYTES = 65_535
/** Mosquitto closes the connection for more than 200 levels, EMQX for more than 128. */
const TOO_DEEP = /^(?:[^/]*\/){128}/

/** Says whether a broker takes a text in a packet, as a property for one. */
export const isLegalText = (text: string): boolean =>
	!HUNG_UP_ON.test(text) && (text.length <= MAX_BYTES / 3 || Buffer.byteLength(text) <= MAX_BYTES)

/** Says whether a message can be published on a topic. */
export const isTopic = (topic: string): boolean => topic !== '' && !/[+#]/.test(topic) && !TOO_DEEP.test(topic) && isLegalText(topic)
