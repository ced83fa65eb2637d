import { Schema, type DOMOutputSpec, type MarkSpec, type NodeSpec } from 'prosemirror-model';

/** Every line has its own direction, as everybody writes names, orders and addresses of another script. */
const LINE: NodeSpec = {
	content: 'inline*',
	group: 'block',
	parseDOM: [ { tag: 'div[data-line]' } ],
	toDOM: (): DOMOutputSpec => [ 'div', { dir: 'auto', 'data-line': '' }, 0 ],
};

const list = ( tag: 'ul' | 'ol' ): NodeSpec => ( {
	content: 'list_item+',
	group: 'block',
	parseDOM: [ { tag } ],
	toDOM: (): DOMOutputSpec => [ tag, 0 ],
} );

const nodes: Record< string, NodeSpec > = {
	doc: { content: 'block+' },
	line: LINE,
	quote: {
		content: 'block+',
		group: 'block',
		defining: true,
		parseDOM: [ { tag: 'blockquote' } ],
		toDOM: (): DOMOutputSpec => [ 'blockquote', 0 ],
	},
	bullet_list: list( 'ul' ),
	ordered_list: list( 'ol' ),
	list_item: {
		content: 'line block*',
		defining: true,
		parseDOM: [ { tag: 'li' } ],
		toDOM: (): DOMOutputSpec => [ 'li', 0 ],
	},
	text: { group: 'inline' },
	break: {
		inline: true,
		group: 'inline',
		selectable: false,
		parseDOM: [ { tag: 'br' } ],
		toDOM: (): DOMOutputSpec => [ 'br' ],
	},
	picture: {
		inline: true,
		group: 'inline',
		draggable: true,
		attrs: { contentId: {}, name: { default: '' } },
		parseDOM: [
			{
				tag: 'img[src^="cid:"]',
				getAttrs: ( image ) => ( {
					contentId: image.getAttribute( 'src' )?.slice( 4 ),
					name: image.getAttribute( 'alt' ) ?? '',
				} ),
			},
		],
		toDOM: ( { attrs } ): DOMOutputSpec => [ 'img', { src: `cid:${ attrs.contentId }`, alt: attrs.name } ],
	},
	mention: {
		inline: true,
		group: 'inline',
		atom: true,
		attrs: { kind: {}, id: {}, name: {} },
		parseDOM: [
			{
				tag: 'span[data-mention]',
				getAttrs: ( span ) => {
					const [ , kind, id ] = span.getAttribute( 'data-mention' )?.match( /^(agent|team):(\d+)$/ ) ?? [];
					return kind ? { kind, id, name: span.textContent?.replace( /^@/, '' ) } : false;
				},
			},
		],
		toDOM: ( { attrs } ): DOMOutputSpec => [
			'span',
			{ class: 'uib-mention', 'data-mention': `${ attrs.kind }:${ attrs.id }`, dir: 'auto' },
			`@${ attrs.name }`,
		],
	},
};

/** The address of a link as it may stand in a mail; what has no scheme is a page or a mail address. */
export function linkAddress( given: string ): string | null {
	const address = given.trim();
	if ( /^(https?:\/\/|mailto:|tel:)\S+$/i.test( address ) ) {
		return address;
	}
	if ( /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test( address ) ) {
		return `mailto:${ address }`;
	}
	return /^[^\s/:@]+\.[^\s/:@]{2,}(?:[:/?#]\S*)?$/.test( address ) ? `https://${ address }` : null;
}

const marks: Record< string, MarkSpec > = {
	link: {
		attrs: { href: {} },
		inclusive: false,
		parseDOM: [
			{
				tag: 'a[href]',
				getAttrs: ( link ) => {
					const href = link.getAttribute( 'href' ) ?? '';
					return /^(https?:|mailto:|tel:)/i.test( href ) ? { href } : false;
				},
			},
		],
		toDOM: ( { attrs } ): DOMOutputSpec => [ 'a', { href: attrs.href, title: attrs.href, rel: 'noopener noreferrer' }, 0 ],
	},
	bold: {
		parseDOM: [
			{ tag: 'strong' },
			// Google's editors wrap whatever is copied in a <b> that says it is none.
			{ tag: 'b', getAttrs: ( bold ) => ( bold.style.fontWeight === 'normal' ? false : null ) },
			{ style: 'font-weight=400', clearMark: ( { type } ) => type.name === 'bold' },
			{ style: 'font-weight', getAttrs: ( weight ) => ( /^(bold(er)?|[6-9]\d\d)$/.test( weight ) ? null : false ) },
		],
		toDOM: (): DOMOutputSpec => [ 'b', 0 ],
	},
	italic: {
		parseDOM: [ { tag: 'i' }, { tag: 'em' }, { style: 'font-style=italic' } ],
		toDOM: (): DOMOutputSpec => [ 'i', 0 ],
	},
};

/** All that a text may hold; whatever else is pasted or kept in a draft does not get in. */
export const schema = new Schema( { nodes, marks } );
