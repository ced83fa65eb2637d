import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Icon, lock } from '@wordpress/icons';
import type { KeyboardEvent } from 'react';
import type { Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { AttachButton, ComposerFiles, useFileDrop } from './composer-files';
import { Recipients } from './composer-recipients';
import { SendButtons } from './composer-send';
import { ComposerWarnings } from './composer-warnings';
import { DraftWords } from './draft-words';
import { OtherDraft } from './other-draft';
import { SignatureLine } from './signatures';
import { SendAnyway } from './send-anyway';
import { Unseen } from './unseen';

const TABS = { reply: () => __( 'Reply', 'unified-inbox' ), note: () => __( 'Note', 'unified-inbox' ) };

type Tab = keyof typeof TABS;

function Tabs( { names }: { names: readonly Tab[] } ) {
	const { reply } = useDesk();
	const tab = useStore( reply.store, ( state ) => state.tab );
	return (
		<div className="uib-composer__tabs" role="group" aria-label={ __( 'What to write', 'unified-inbox' ) }>
			{ names.map( ( name ) => (
				<button
					key={ name }
					type="button"
					className="uib-composer__tab"
					aria-pressed={ tab === name }
					onClick={ () => reply.write( { tab: name } ) }
				>
					{ name === 'note' && <Icon icon={ lock } size={ 16 } /> }
					{ TABS[ name ]() }
				</button>
			) ) }
		</div>
	);
}

/** The field grows with the text, up to the height its style allows. */
function useGrowing( text: string ) {
	const field = useRef< HTMLTextAreaElement >( null );
	useEffect( () => {
		if ( field.current ) {
			field.current.style.blockSize = 'auto';
			field.current.style.blockSize = `${ field.current.scrollHeight + 2 }px`;
		}
	}, [ text ] );
	return field;
}

function Field() {
	const { reply, send, boot } = useDesk();
	const { tab, phase, ...draft } = useStore( reply.store, ( state ) => state );
	const text = draft[ tab ];
	const field = useGrowing( text );
	const onKeyDown = ( event: KeyboardEvent ): void => {
		if ( event.key === 'Enter' && ( event.ctrlKey || event.metaKey ) ) {
			event.preventDefault();
			void send();
		} else if ( event.key === 'Escape' ) {
			event.stopPropagation();
			field.current?.blur();
		}
	};
	return (
		<textarea
			ref={ field }
			className="uib-composer__field"
			// An empty field would take the direction of English, and its placeholder with it.
			dir={ text ? 'auto' : boot.isRtl ? 'rtl' : 'ltr' }
			rows={ 3 }
			aria-label={ TABS[ tab ]() }
			placeholder={
				tab === 'note'
					? __( 'Only your team will see this', 'unified-inbox' )
					: __( 'Write your reply', 'unified-inbox' )
			}
			readOnly={ phase === 'sending' }
			value={ text }
			onChange={ ( event ) => reply.write( { [ tab ]: event.target.value } ) }
			onKeyDown={ onKeyDown }
		/>
	);
}

/** What can be written in a ticket: where its customer was erased, notes alone. */
function useTabs( { erased }: Ticket ): readonly Tab[] {
	const { reply } = useDesk();
	const tab = useStore( reply.store, ( state ) => state.tab );
	useEffect( () => {
		if ( erased && tab === 'reply' ) {
			reply.write( { tab: 'note' } );
		}
	}, [ erased, tab ] );
	return erased ? [ 'note' ] : [ 'reply', 'note' ];
}

/** Where a reply or a note is written; a note's ground is yellow, so that nobody sends one. */
export function Composer( { ticket }: { ticket: Ticket } ) {
	const { reply } = useDesk();
	const { tab, phase, problem, insist } = useStore( reply.store, ( state ) => state );
	const drop = useFileDrop();
	const tabs = useTabs( ticket );
	return (
		<section
			className="uib-composer"
			data-tab={ tab }
			aria-label={ __( 'Answer', 'unified-inbox' ) }
			aria-busy={ phase === 'sending' }
			{ ...drop }
		>
			<Unseen />
			<OtherDraft />
			<div className="uib-composer__top">
				<Tabs names={ tabs } />
				{ tab === 'reply' && ! ticket.erased && <Recipients ticket={ ticket } /> }
			</div>
			{ ticket.erased && (
				<p className="uib-composer__warning" role="status">
					{ __( 'The customer asked for everything about them to be erased: there is nobody to answer.', 'unified-inbox' ) }
				</p>
			) }
			<Field />
			<SignatureLine inbox={ ticket.inbox_id } />
			<ComposerFiles />
			{ tab === 'reply' && ! ticket.erased && <ComposerWarnings /> }
			{ problem && (
				<p className="uib-composer__problem" role="alert">
					{ problem }{ ' ' }
					{ insist && <SendAnyway how={ insist } /> }
				</p>
			) }
			<div className="uib-composer__foot">
				{ tab === 'reply' && <AttachButton /> }
				<DraftWords />
				<SendButtons />
			</div>
		</section>
	);
}
