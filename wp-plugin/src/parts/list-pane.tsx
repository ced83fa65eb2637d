import { Button } from '@wordpress/components';
import { useCallback, useEffect, useMemo, useRef } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { RefObject } from 'react';
import { problemInWords, toProblem } from '../api/problem';
import { useDesk } from '../state/context';
import { isSearching } from '../state/search';
import { hasNoInbox } from '../state/session';
import { useStore } from '../state/store';
import { BulkBar } from './bulk-bar';
import { EmptyView, Failed, NoInbox } from './empty';
import { FilterBar } from './filter-bar';
import { ListHeader } from './list-header';
import { OutboxLimits } from './send-limits';
import { SkeletonRows } from './skeleton';
import { SearchBox } from './search-box';
import { SearchResults } from './search-results';
import { TicketRow } from './ticket-row';
import { useReach } from './use-reach';
import { useVirtualRows } from './use-virtual-rows';

function NewsBar( { count }: { count: number } ) {
	const { list } = useDesk();
	if ( ! count ) {
		return null;
	}
	return (
		<button type="button" className="uib-news" onClick={ () => void list.showNews() }>
			{ /* translators: %d: number of tickets that have come in. */
			sprintf( _n( '%d new ticket', '%d new tickets', count, 'unified-inbox' ), count ) }
		</button>
	);
}

function Rows( { scroller }: { scroller: RefObject< HTMLDivElement | null > } ) {
	const { list, choice, notices } = useDesk();
	const isChoosing = useStore( choice.store, ( { checked } ) => checked.length > 0 );
	const { rows, gone, cursor, isLoadingMore } = useStore( list.store, ( state ) => state );
	const numbers = useMemo( () => rows.map( ( { number } ) => number ), [ rows ] );
	const { list: frame, height, places, onFocus, reveal } = useVirtualRows( numbers, scroller );
	useEffect( () => list.revealBy( reveal ), [ list, reveal ] );
	const more = useCallback( () => {
		list.more().catch( ( problem ) => notices.warn( problemInWords( toProblem( problem ) ) ) );
	}, [ list, notices ] );
	const mark = useReach( more );
	return (
		<>
			<ul
				ref={ frame }
				className="uib-rows uib-rows--virtual"
				style={ { blockSize: rows.length * height } }
				data-choosing={ isChoosing ? '' : undefined }
				onFocus={ onFocus }
			>
				{ places.map( ( place ) => {
					const ticket = rows[ place ];
					return (
						ticket && (
							<TicketRow
								key={ ticket.number }
								ticket={ ticket }
								isGone={ gone.includes( ticket.number ) }
								place={ place }
								of={ cursor ? -1 : rows.length }
								top={ place * height }
							/>
						)
					);
				} ) }
			</ul>
			{ isLoadingMore && <SkeletonRows rows={ 2 } /> }
			{ cursor && ! isLoadingMore && (
				<div className="uib-list__more" ref={ mark }>
					<Button variant="tertiary" size="compact" onClick={ more }>
						{ __( 'Show older tickets', 'unified-inbox' ) }
					</Button>
				</div>
			) }
		</>
	);
}

function ListBody( { scroller }: { scroller: RefObject< HTMLDivElement | null > } ) {
	const { boot, list, session } = useDesk();
	const { where, phase, problem, rows, cursor } = useStore( list.store, ( state ) => state );
	const seesNone = useStore( session.store, hasNoInbox );
	if ( phase === 'loading' || ! where ) {
		return <SkeletonRows />;
	}
	if ( phase === 'failed' && problem ) {
		return <Failed problem={ problem } onRetry={ () => void list.show( where ) } />;
	}
	if ( seesNone ) {
		return <NoInbox boot={ boot } />;
	}
	// Where few tickets fit, the first may be further down than was looked.
	return rows.length || cursor ? <Rows scroller={ scroller } /> : <EmptyView view={ where.filter ? 'saved' : where.view } />;
}

export function ListPane( { onHelp }: { onHelp: () => void } ) {
	const { list, search } = useDesk();
	const news = useStore( list.store, ( state ) => state.news.length );
	const { where, rows } = useStore( list.store, ( state ) => state );
	const searches = useStore( search.store, isSearching );
	const scroller = useRef< HTMLDivElement >( null );
	const pane = useRef< HTMLElement >( null );
	useEffect( () => list.holdWhile( () => pane.current?.matches( ':hover, :focus-within' ) ?? false ), [ list ] );
	useEffect( () => {
		scroller.current?.scrollTo( 0, 0 );
	}, [ where ] );
	return (
		<section
			className="uib-list"
			aria-label={ __( 'Tickets', 'unified-inbox' ) }
			ref={ pane }
		>
			<SearchBox />
			{ searches && <SearchResults /> }
			{ /* Only hidden: whoever comes back from a search is where he was in the list. */ }
			<div className="uib-list__view" hidden={ searches }>
				<ListHeader onHelp={ onHelp } />
				<FilterBar />
				{ ! searches && <BulkBar rows={ rows } isList /> }
				{ where?.view === 'outbox' && <OutboxLimits /> }
				<div className="uib-list__news" role="status">
					<NewsBar count={ news } />
				</div>
				<div className="uib-list__scroll" ref={ scroller }>
					<ListBody scroller={ scroller } />
				</div>
			</div>
		</section>
	);
}
