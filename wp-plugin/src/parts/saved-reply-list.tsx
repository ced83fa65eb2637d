import { useCallback } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { problemInWords, toProblem } from '../api/problem';
import type { Insertion, OfferedReply } from '../api/saved-replies-api';
import type { Piece } from '../editor/types';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { languageInWords } from '../text/reply-language';
import { useTriggerList, type TriggerList } from './use-trigger-list';

export const offerKey = ( { id, language }: OfferedReply ): string => `${ id } ${ language }`;

export const noSavedReply = ( words: string ): string =>
	words
		? __( 'No saved reply holds these words.', 'unified-inbox' )
		: __( 'Nothing is kept yet. Write an answer, then keep it from the button below.', 'unified-inbox' );

/** What the agent has to write himself. */
function missingInWords( { missing }: Insertion ): string {
	/* translators: %s: names such as {customer.first_name}. */
	return sprintf( __( 'Nothing is known here for %s. Look at the text before you send it.', 'unified-inbox' ), missing.map( ( name ) => `\u2066{${ name }}\u2069` ).join( ', ' ) );
}

/** Asks for texts that fit the open ticket, and for the chosen one filled in. */
export function useSavedReplies() {
	const { reply, replies, notices } = useDesk();
	const number = useStore( reply.store, ( state ) => state.number );
	const search = useCallback( async ( words: string ) => ( number === null ? [] : replies.offered( number, words ) ), [ number, replies ] );
	const insert = async ( offer: OfferedReply, put: ( piece: Piece ) => void ): Promise< void > => {
		if ( number === null ) {
			return;
		}
		try {
			const insertion = await replies.use( number, offer );
			// Another ticket may be open by now.
			if ( reply.store.get().number !== number ) {
				return;
			}
			put( { html: insertion.html } );
			if ( insertion.missing.length ) {
				notices.warn( missingInWords( insertion ) );
			}
		} catch ( thrown ) {
			notices.warn( problemInWords( toProblem( thrown ) ) );
		}
	};
	return { search, insert };
}

/** Name, language and beginning of a text. */
export function Offered( { name, shortcut, language, snippet }: OfferedReply ) {
	return (
		<>
			<span className="uib-option__line">
				<bdi className="uib-option__name">{ name }</bdi>
				{ shortcut && <bdi className="uib-option__mark">/{ shortcut }</bdi> }
				<span className="uib-option__mark uib-option__end">{ languageInWords( language ) }</span>
			</span>
			<span className="uib-option__snippet" dir="auto">
				{ snippet }
			</span>
		</>
	);
}

/** Saved replies behind a / at the beginning of a line. */
export function useSavedReplyList(): TriggerList {
	const { search, insert } = useSavedReplies();
	return useTriggerList< OfferedReply >( {
		sign: '/',
		where: 'line',
		label: __( 'Saved replies', 'unified-inbox' ),
		nothing: noSavedReply,
		search,
		keyOf: offerKey,
		draw: ( offer ) => <Offered { ...offer } />,
		onChoose: ( offer, { replace } ) => void insert( offer, replace ),
	} );
}
