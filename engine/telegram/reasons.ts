import type { Reason } from '../../schema/types/diagnostics.ts'

/** Says each reason of the closed list to a person, in one sentence: `decode`, `replay`, the log and diagnostics show the same. */
export const REASONS: Readonly<Record<Reason, string>> = {
	length: 'a length in it does not fit its bytes',
	fcs: 'damaged on the way: the frame check sequence (FCS) is wrong',
	hcs: 'damaged on the way: the header check sequence (HCS) is wrong',
	sum: 'damaged on the way: the checksum is wrong',
	crc: 'damaged on the way: the CRC is wrong, or missing where one belongs',
	bcc: 'damaged on the way: the block check character (BCC) is wrong',
	blocks: 'blocks of the telegram are missing, or came in another order',
	nokey:
		"encrypted, and a key is missing: ask the grid operator for this meter's keys, and name them under keys of the meter in the config (decode, replay and new: --key-file, --auth-key-file)",
	key: 'the key is not one of this meter: compare it with what the grid operator has sent',
	tag: 'the authentication does not fit: a key is wrong, or the telegram was changed on its way',
	replay: 'an old telegram was sent again',
	duplicate: 'the same telegram was sent again',
	suite: 'encrypted in a way that is not supported',
	syntax: 'the content cannot be parsed',
	layout: 'the values stand in an order that the profile does not know',
	depth: 'nested deeper than any telegram of a meter',
	limit: 'more than is accepted of one meter',
	incomplete: 'it ends too early, or its beginning is missing',
	error: 'the meter reports an error instead of values',
	noise: 'no frame of this protocol',
	unknown: 'not something that this profile reads',
	meter: 'for a meter that this translator does not know',
	profile: 'for a meter whose profile cannot be used',
	shard: 'on a shard that this translator does not take, or not the shard of its meter',
}

/** Says why something was refused: the sentence for a person, what is special here, and the word for a program. */
export function refusalText({ reason, detail }: { reason: Reason; detail?: string | undefined }): string {
	return `${REASONS[reason]}${detail === undefined ? '' : `: ${detail}`} (${reason})`
}
