/** The first few tags, and how many more there are. */
export function SomeTags( { tags, shown }: { tags: readonly string[]; shown: number } ) {
	const hidden = tags.slice( shown );
	return (
		<>
			{ tags.slice( 0, shown ).map( ( tag ) => (
				<span className="uib-tag" dir="auto" key={ tag }>
					{ tag }
				</span>
			) ) }
			{ hidden.length > 0 && (
				<span className="uib-tag uib-tag--rest" dir="ltr" title={ hidden.join( ', ' ) }>
					+{ hidden.length }
				</span>
			) }
		</>
	);
}
