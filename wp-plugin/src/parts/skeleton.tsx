import { __ } from '@wordpress/i18n';

/** Grey rows where tickets will be, so that nothing jumps when they come. */
export function SkeletonRows( { rows = 8 }: { rows?: number } ) {
	return (
		<div className="uib-skeleton" role="status">
			<span className="screen-reader-text">{ __( 'Loading…', 'unified-inbox' ) }</span>
			{ Array.from( { length: rows }, ( _, index ) => (
				<div className="uib-skeleton__row" key={ index } aria-hidden="true">
					<span className="uib-skeleton__avatar" />
					<span className="uib-skeleton__lines">
						<span style={ { inlineSize: `${ 40 + ( ( index * 17 ) % 35 ) }%` } } />
						<span style={ { inlineSize: `${ 70 + ( ( index * 11 ) % 28 ) }%` } } />
						<span style={ { inlineSize: `${ 55 + ( ( index * 23 ) % 40 ) }%` } } />
					</span>
				</div>
			) ) }
		</div>
	);
}
