import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Id } from '../../model';
import { useSettings } from '../context';
import type { ParkedMail, ShelfOutcome } from '../model';
import { useLoaded, useWork, type Loaded, type Work } from '../use-loaded';

interface Shelved {
	items: ParkedMail[];
	next: string | null;
}

export interface Shelf {
	loaded: Loaded< Shelved >;
	work: Work;
	outcome: ShelfOutcome;
	show: ( outcome: ShelfOutcome ) => void;
	chosen: readonly Id[];
	choose: ( ids: readonly Id[] ) => void;
	more: () => void;
	makeTickets: ( ids: readonly Id[] ) => void;
	move: ( ids: readonly Id[], to: ShelfOutcome ) => void;
}

/** The ticket in the inbox's screen, which is another page. */
const TICKET = 'admin.php?page=unified-inbox#/open/ticket/';

/** Mail that became no ticket, page by page, and what a manager makes of it. */
export function useShelf( mailbox: Id ): Shelf {
	const { api, notices } = useSettings();
	const work = useWork();
	const [ outcome, setOutcome ] = useState< ShelfOutcome >( 'parked' );
	const [ chosen, choose ] = useState< readonly Id[] >( [] );
	const page = async ( cursor?: string ): Promise< Shelved > => {
		const { items, next_cursor: next } = await api.shelf( mailbox, outcome, cursor );
		return { items, next };
	};
	const loaded = useLoaded( page, `${ mailbox } ${ outcome }` );
	const { items, next } = loaded.value ?? { items: [], next: null };
	/** They are gone from this list, also where somebody else settled them first. */
	const take = ( ids: readonly Id[] ): void => {
		loaded.set( { items: items.filter( ( { id } ) => ! ids.includes( id ) ), next } );
		choose( chosen.filter( ( id ) => ! ids.includes( id ) ) );
	};
	const move = async ( ids: readonly Id[], to: ShelfOutcome ): Promise< void > => {
		const moved = await api.moveParked( mailbox, [ ...ids ], to );
		take( ids );
		const words =
			to === 'discarded'
				? /* translators: %d: number of mails. */
				  _n( '%d mail discarded.', '%d mails discarded.', moved.length, 'unified-inbox' )
				: /* translators: %d: number of mails. */
				  _n( '%d mail parked again.', '%d mails parked again.', moved.length, 'unified-inbox' );
		notices.say( sprintf( words, moved.length ), {
			label: __( 'Undo', 'unified-inbox' ),
			run: () => void api.moveParked( mailbox, moved, to === 'discarded' ? 'parked' : 'discarded' ).then( loaded.reload ),
		} );
	};
	return {
		loaded,
		work,
		outcome,
		show: ( wanted ) => {
			choose( [] );
			setOutcome( wanted );
		},
		chosen,
		choose,
		more: () =>
			void work.run( async () => {
				const further = await page( next ?? undefined );
				loaded.set( { items: [ ...items, ...further.items ], next: further.next } );
			} ),
		makeTickets: ( ids ) =>
			void work.run( async () => {
				const made = await api.makeTickets( mailbox, [ ...ids ] );
				take( ids );
				/* translators: %d: number of tickets. */
				const words = sprintf( _n( '%d ticket made.', '%d tickets made.', made.length, 'unified-inbox' ), made.length );
				const first = made[ 0 ];
				notices.say( words, first && { label: __( 'Open', 'unified-inbox' ), run: () => window.location.assign( TICKET + first.ticket_number ) } );
			} ),
		move: ( ids, to ) => void work.run( () => move( ids, to ) ),
	};
}
