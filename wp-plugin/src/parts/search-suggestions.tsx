import { SIGNS, type Suggestion } from '../text/search-suggestions';

/** A line of help: what to write, and what it finds. */
function About( { part, about }: { part: string; about: string } ) {
	return (
		<>
			<bdi className="uib-search__part">{ part }</bdi>
			{ about && <span className="uib-search__about">{ about }</span> }
		</>
	);
}

function intoView( option: HTMLElement | null ): void {
	option?.scrollIntoView?.( { block: 'nearest' } );
}

/** What can be chosen below the box; an empty box teaches how to search as well. */
export function SearchSuggestions( {
	id,
	options,
	marked,
	teaches,
	onChoose,
}: {
	id: string;
	options: readonly Suggestion[];
	marked: number;
	teaches: boolean;
	onChoose: ( option: Suggestion ) => void;
} ) {
	return (
		<div className="uib-search__panel" hidden={ ! options.length }>
			<ul id={ id } role="listbox" className="uib-search__options">
				{ options.map( ( option, place ) => (
					<li
						key={ option.text }
						id={ `${ id }-${ place }` }
						role="option"
						aria-selected={ place === marked }
						className="uib-search__option"
						ref={ place === marked ? intoView : undefined }
						// The focus stays in the box: choosing is part of typing.
						onMouseDown={ ( event ) => event.preventDefault() }
						onClick={ () => onChoose( option ) }
					>
						<About { ...option } />
					</li>
				) ) }
			</ul>
			{ teaches && options.length > 0 && (
				<div className="uib-search__signs">
					{ SIGNS.map( ( [ part, about ] ) => (
						<p key={ part }>
							<About part={ part } about={ about() } />
						</p>
					) ) }
				</div>
			) }
		</div>
	);
}
