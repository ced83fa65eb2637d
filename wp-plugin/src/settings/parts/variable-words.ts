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
	'agent.first_name': () => __( 'First name of whoever writes', 'unified-inbox' ),
	'customer.first_name': () => __( 'First name of the customer', 'unified-inbox' ),
	'ticket.subject': () => __( 'Subject of the request', 'unified-inbox' ),
};

/** What a variable stands for. */
export function variableInWords( name: string ): string {
	return WORDS[ name ]?.() ?? '';
}

/** What a ticket's own variables may stand for, to show how it will look. */
export function sampleValues(): Record< string, string > {
	/* translators: name of a made-up customer, to show what a signature looks like. */
	const customer = __( 'Petra Lindqvist', 'unified-inbox' );
	return {
		'ticket.reference': '7KQM2X9D',
		/* translators: subject of a made-up request, to show what a saved reply looks like. */
		'ticket.subject': __( 'Where is my order?', 'unified-inbox' ),
		'customer.name': customer,
		'customer.first_name': customer.split( ' ' )[ 0 ]!,
	};
}
