/** What people write who are about to attach something: English, Arabic, Filipino. */
const ATTACHED = /\battach(?:ed|ment|ments|ing)?\b|\benclosed\b|مرفق|المرفق|أرفق|ارفق|\bnaka-?lakip\b|\bkalakip\b|\bikinabit\b|\bnaka-?attach\b/i;

/** Whether a text speaks of a file; quoted lines are somebody else's words. */
export function speaksOfFile( text: string ): boolean {
	return ATTACHED.test( text.replace( /^>.*$/gm, '' ) );
}
