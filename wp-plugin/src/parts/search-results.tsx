import { Button } from '@wordpress/components';
import { useCallback, useMemo } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { search as searchIcon } from '@wordpress/icons';
import { useDesk } from '../state/context';
import type { Misunderstanding } from '../state/search';
import { useStore } from '../state/store';
import { OPERATORS } from '../text/search-suggestions';
import { BulkBar } from './bulk-bar';
import { Empty, Failed } from './empty';
import { SkeletonRows } from './skeleton';
import { TicketRow } from './ticket-row';
import { useReach } from './use-reach';

function reasonInWords( { kind, part, instead }: Misunderstanding ): string {
	switch ( kind ) {
		case 'too_many_parts':
			/* translators: %s: a word of the search. */
			return sprintf( __( 'Too many words: leave out what begins with “%s”.', 'unified-inbox' ), part );
		case 'not_a_date':
			/* translators: %s: part of the search, like before:soon. */
			return sprintf( __( '“%s” names no day. Write it like this, or today, yesterday, 7d:', 'unified-inbox' ), part );
	}
	if ( ! instead.length ) {
		/* translators: %s: part of the search, like tag:vip. */
		return sprintf( __( 'Nothing is called “%s”.', 'unified-inbox' ), part );
	}
	/* translators: %s: part of the search, like form:omar. */
	return sprintf( __( 'Nothing is called “%s”. Did you mean:', 'unified-inbox' ), part );
}

/** What cannot be meant, with what can: one click puts it right. */
function Misunderstood( { parts }: { parts: readonly Misunderstanding[] } ) {
	const { search } = useDesk();
	const correct = ( part: string, instead: string ): void =>
		void search.submit( search.store.get().text.replace( part, () => instead ) );
	return (
		<div role="alert" className="uib-search__wrong">
			{ parts.map( ( one ) => (
				<div key={ one.part }>
					<p>{ reasonInWords( one ) }</p>
					{ one.instead.map( ( instead ) => (
						<Button key={ instead } variant="secondary" size="compact" onClick={ () => correct( one.part, instead ) }>
							<bdi>{ instead }</bdi>
						</Button>
					) ) }
				</div>
			) ) }
		</div>
	);
}

function NothingFound() {
	const { search } = useDesk();
	const add = ( operator: string ): void => {
		search.type( `${ search.store.get().text.trim() } ${ operator }` );
		document.querySelector< HTMLElement >( '.uib-search__field' )?.focus();
	};
	return (
		<Empty
			title={ __( 'Nothing found', 'unified-inbox' ) }
			icon={ searchIcon }
			action={
				<div className="uib-search__try">
					{ OPERATORS.map( ( [ operator, about ] ) => (
						<Button key={ operator } variant="secondary" size="compact" label={ about() } onClick={ () => add( operator ) }>
							<bdi>{ operator }</bdi>
						</Button>
					) ) }
				</div>
			}
		>
			{ __( 'Try fewer words, or only the beginning of one. Spam and trash are searched with is:spam and is:trash.', 'unified-inbox' ) }
		</Empty>
	);
}

function Rows() {
	const { search, choice } = useDesk();
	const { found, cursor, phase } = useStore( search.store, ( state ) => state );
	const isChoosing = useStore( choice.store, ( { checked } ) => checked.length > 0 );
	const more = useCallback( () => void search.more(), [ search ] );
	const mark = useReach( more );
	return (
		<>
			<ul className="uib-rows" data-choosing={ isChoosing ? '' : undefined } onClickCapture={ search.remember }>
				{ found.map( ( one ) => (
					<TicketRow key={ one.ticket.number } ticket={ one.ticket } isGone={ false } found={ one } />
				) ) }
			</ul>
			{ phase === 'searching' && <SkeletonRows rows={ 2 } /> }
			{ cursor && phase === 'ready' && (
				<div className="uib-list__more" ref={ mark }>
					<Button variant="tertiary" size="compact" onClick={ more }>
						{ __( 'Search older mail', 'unified-inbox' ) }
					</Button>
				</div>
			) }
		</>
	);
}

function Body() {
	const { search } = useDesk();
	const { found, phase, problem, misunderstood, cursor } = useStore( search.store, ( state ) => state );
	if ( misunderstood.length ) {
		return <Misunderstood parts={ misunderstood } />;
	}
	if ( phase === 'failed' && problem ) {
		return <Failed problem={ problem } onRetry={ () => void search.submit() } />;
	}
	if ( ! found.length && phase === 'searching' ) {
		return <SkeletonRows />;
	}
	return found.length || cursor ? <Rows /> : <NothingFound />;
}

/** In the place of the list: what was found. */
export function SearchResults() {
	const { search } = useDesk();
	const { found, phase, cursor } = useStore( search.store, ( state ) => state );
	const tickets = useMemo( () => found.map( ( { ticket } ) => ticket ), [ found ] );
	const words =
		phase === 'ready'
			? /* translators: %d: number of tickets. */
			  sprintf( _n( '%d ticket found', '%d tickets found', found.length, 'unified-inbox' ), found.length ) + ( cursor ? '…' : '' )
			: '';
	return (
		<>
			<BulkBar rows={ tickets } isList={ false } />
			<div className="uib-list__scroll uib-results">
				<p className="screen-reader-text" role="status">
					{ words }
				</p>
				<Body />
			</div>
		</>
	);
}
