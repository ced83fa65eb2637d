import { useEffect, useRef } from '@wordpress/element';
import { __, isRTL } from '@wordpress/i18n';
import { chevronLeft, chevronRight, Icon } from '@wordpress/icons';
import type { ReactNode } from 'react';
import type { Problem } from '../../api/problem';
import { Failed } from '../../parts/empty';
import { SkeletonRows } from '../../parts/skeleton';
import type { Loaded } from '../use-loaded';
import { settingsProblem } from '../problem-words';

export function Back( { href, children }: { href: string; children: ReactNode } ) {
	return (
		<a className="uibs-back" href={ href }>
			<Icon icon={ isRTL() ? chevronRight : chevronLeft } size={ 20 } />
			{ children }
		</a>
	);
}

/** One page: its heading takes the focus when the page comes up, so that listeners know where they are. */
export function Page( {
	title,
	lead,
	back,
	action,
	isNarrow = false,
	children,
}: {
	title: ReactNode;
	lead?: ReactNode;
	back?: ReactNode;
	action?: ReactNode;
	isNarrow?: boolean;
	children?: ReactNode;
} ) {
	const heading = useRef< HTMLHeadingElement >( null );
	useEffect( () => heading.current?.focus( { preventScroll: true } ), [] );
	return (
		<div className="uibs-page" data-narrow={ isNarrow ? '' : undefined }>
			{ back }
			<div className="uibs-page__head">
				<h2 className="uibs-page__title" tabIndex={ -1 } ref={ heading }>
					{ title }
				</h2>
				{ action }
			</div>
			{ lead && <p className="uibs-page__lead">{ lead }</p> }
			{ children }
		</div>
	);
}

export function Card( { title, action, children }: { title?: ReactNode; action?: ReactNode; children: ReactNode } ) {
	return (
		<section className="uibs-card">
			{ title && (
				<div className="uibs-card__head">
					<h3 className="uibs-card__title">{ title }</h3>
					{ action }
				</div>
			) }
			{ children }
		</section>
	);
}

/** A failure in words, said aloud when it comes up. */
export function Trouble( { problem, children }: { problem: Problem | null; children?: ReactNode } ) {
	return (
		<div role="alert">
			{ problem && (
				<div className="uibs-trouble">
					<p>{ settingsProblem( problem ) }</p>
					{ children }
				</div>
			) }
		</div>
	);
}

/** What was loaded, or a skeleton, or why there is nothing. */
export function Wait< T >( { loaded, children }: { loaded: Loaded< T >; children: ( value: T ) => ReactNode } ) {
	if ( loaded.value !== null ) {
		return (
			<>
				{ loaded.problem && (
					<p className="uibs-stale" role="status">
						{ __( 'This may be a little old: the inbox service does not answer. We keep trying.', 'unified-inbox' ) }
					</p>
				) }
				{ children( loaded.value ) }
			</>
		);
	}
	return loaded.problem ? (
		<Card>
			<Failed problem={ loaded.problem } onRetry={ () => void loaded.reload() } />
		</Card>
	) : (
		<Card>
			<SkeletonRows rows={ 3 } />
		</Card>
	);
}
