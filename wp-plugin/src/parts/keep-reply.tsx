import { Button, Modal } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { problemInWords, toProblem } from '../api/problem';
import type { ReplyLanguage } from '../api/saved-replies-api';
import { useDesk } from '../state/context';
import { directionOf } from '../text/direction';
import { languageInWords, LANGUAGES } from '../text/reply-language';

/** Its letters tell Arabic; of Latin ones the writer's own language is the likeliest. */
function likelyLanguage( html: string, locale: string ): ReplyLanguage {
	if ( directionOf( html.replace( /<[^>]*>/g, ' ' ) ) === 'rtl' ) {
		return 'ar';
	}
	return locale.startsWith( 'tl' ) ? 'tl' : 'en';
}

/** Keeps what is written in the composer as a saved reply of the agent's own. */
export function KeepReply( { html, onClose }: { html: string; onClose: () => void } ) {
	const { replies, boot, notices } = useDesk();
	const id = useId();
	const [ name, setName ] = useState( '' );
	const [ shortcut, setShortcut ] = useState( '' );
	const [ language, setLanguage ] = useState( () => likelyLanguage( html, boot.locale ) );
	const [ problem, setProblem ] = useState< string | null >( null );
	const keep = async ( event: FormEvent ): Promise< void > => {
		event.preventDefault();
		try {
			await replies.add( { name, shortcut, texts: { [ language ]: html }, reach: 'mine', team_id: null } );
			notices.say( __( 'Kept. Type / at the beginning of a line to use it.', 'unified-inbox' ) );
			onClose();
		} catch ( thrown ) {
			setProblem( problemInWords( toProblem( thrown ) ) );
		}
	};
	return (
		<Modal title={ __( 'Keep as a saved reply', 'unified-inbox' ) } onRequestClose={ onClose } size="small">
			<form className="uib-pick uib-keep" noValidate onSubmit={ ( event ) => void keep( event ) }>
				<label htmlFor={ `${ id }-name` }>{ __( 'Name', 'unified-inbox' ) }</label>
				<input id={ `${ id }-name` } type="text" dir="auto" maxLength={ 200 } autoFocus value={ name } onChange={ ( event ) => setName( event.target.value ) } />
				<label htmlFor={ `${ id }-shortcut` }>{ __( 'Shortcut', 'unified-inbox' ) }</label>
				<input id={ `${ id }-shortcut` } type="text" dir="auto" maxLength={ 40 } value={ shortcut } onChange={ ( event ) => setShortcut( event.target.value ) } />
				<label htmlFor={ `${ id }-language` }>{ __( 'Language', 'unified-inbox' ) }</label>
				<select id={ `${ id }-language` } value={ language } onChange={ ( event ) => setLanguage( event.target.value as ReplyLanguage ) }>
					{ LANGUAGES.map( ( one ) => (
						<option key={ one } value={ one }>
							{ languageInWords( one ) }
						</option>
					) ) }
				</select>
				{ problem && <p role="alert">{ problem }</p> }
				<Button type="submit" variant="primary" __next40pxDefaultSize>
					{ __( 'Save the reply', 'unified-inbox' ) }
				</Button>
			</form>
		</Modal>
	);
}
