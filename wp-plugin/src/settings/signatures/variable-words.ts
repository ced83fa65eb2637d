import { __ } from '@wordpress/i18n';

const WORDS: Record< string, () => string > = {
	'agent.name': () => __( 'Name of whoever writes', 'unified-inbox' ),
	'agent.email': () => __( 'Address of whoever writes', 'unified-inbox' ),
	'inbox.name': () => __( 'Name of the inbox', 'unified-inbox' ),
	'inbox.address': () => __( 'Address that the mail comes from', 'unified-inbox' ),
	'site.name': () => __( 'Name of the site', 'unified-inbox' ),
	'site.address': () => __( 'Address of the site', 'unified-inbox' ),
	'ticket.reference': () => __( 'Reference of the request, as customers know it', 'unified-inbox' ),
	'customer.name': () => __( 'Name of the customer', 'unified-inbox' ),
};

/** What a variable of a signature stands for. */
export function variableInWords( name: string ): string {
	return WORDS[ name ]?.() ?? '';
}

/** What a ticket's own variables may stand for, to show how it will look. */
export function sampleValues(): Record< string, string > {
	return {
		'ticket.reference': '7KQM2X9D',
		/* translators: name of a made-up customer, to show what a signature looks like. */
		'customer.name': __( 'Petra Lindqvist', 'unified-inbox' ),
	};
}
