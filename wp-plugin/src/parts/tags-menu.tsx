import { Button, Dropdown } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { chevronDownSmall, closeSmall, Icon } from '@wordpress/icons';
import type { FormEvent } from 'react';
import type { Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { SomeTags } from './some-tags';

const SUGGESTIONS = 6;

/** How many stand on the button; the menu has all of them. */
const SHOWN = 3;

function AddTag( { ticket }: { ticket: Ticket } ) {
	const { change, session } = useDesk();
	const known = useStore( session.store, ( state ) => state.tags );
	const [ text, setText ] = useState( '' );
	const add = ( name: string ): void => {
		const tag = name.trim();
		if ( tag && ! ticket.tags.includes( tag ) ) {
			void change( ticket, { tags: [ ...ticket.tags, tag ] } );
		}
		setText( '' );
	};
	const onSubmit = ( event: FormEvent ): void => {
		event.preventDefault();
		add( text );
	};
	const suggestions = known
		.map( ( { name } ) => name )
		.filter( ( name ) => ! ticket.tags.includes( name ) && name.toLowerCase().includes( text.toLowerCase() ) )
		.slice( 0, SUGGESTIONS );
	return (
		<form className="uib-tags__add" onSubmit={ onSubmit }>
			<label htmlFor="uib-new-tag">{ __( 'Add a tag', 'unified-inbox' ) }</label>
			<input id="uib-new-tag" type="text" dir="auto" maxLength={ 60 } value={ text } onChange={ ( event ) => setText( event.target.value ) } />
			<div className="uib-tags__known">
				{ suggestions.map( ( name ) => (
					<button type="button" className="uib-tag uib-tag--button" dir="auto" key={ name } onClick={ () => add( name ) }>
						{ name }
					</button>
				) ) }
			</div>
		</form>
	);
}

function TagList( { ticket }: { ticket: Ticket } ) {
	const { change } = useDesk();
	return (
		<ul className="uib-tags__list">
			{ ticket.tags.map( ( tag ) => (
				<li className="uib-tag" key={ tag }>
					<span dir="auto">{ tag }</span>
					<button
						type="button"
						className="uib-tag__remove"
						/* translators: %s: name of a tag. */
						aria-label={ sprintf( __( 'Remove the tag %s', 'unified-inbox' ), tag ) }
						onClick={ () => void change( ticket, { tags: ticket.tags.filter( ( one ) => one !== tag ) } ) }
					>
						<Icon icon={ closeSmall } size={ 16 } />
					</button>
				</li>
			) ) }
		</ul>
	);
}

export function TagsMenu( { ticket }: { ticket: Ticket } ) {
	const { boot } = useDesk();
	const words = ticket.tags.length ? <SomeTags tags={ ticket.tags } shown={ SHOWN } /> : __( 'No tags', 'unified-inbox' );
	if ( ! boot.canReply ) {
		return <span className="uib-property">{ words }</span>;
	}
	return (
		<Dropdown
			popoverProps={ { placement: 'bottom-start' } }
			renderToggle={ ( { isOpen, onToggle } ) => (
				<Button className="uib-property" size="compact" aria-expanded={ isOpen } onClick={ onToggle }>
					<span className="screen-reader-text">{ __( 'Tags', 'unified-inbox' ) }: </span>
					{ words }
					<Icon icon={ chevronDownSmall } size={ 20 } />
				</Button>
			) }
			renderContent={ () => (
				<div className="uib-tags">
					<TagList ticket={ ticket } />
					<AddTag ticket={ ticket } />
				</div>
			) }
		/>
	);
}
