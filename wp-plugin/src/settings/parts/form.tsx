import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode, Ref } from 'react';
import type { Problem } from '../../api/problem';
import { useSettings } from '../context';
import { useWork, type Work } from '../use-loaded';
import { Card, Trouble } from './page';

interface FormProps {
	/** What the button says. */
	words?: string;
	save: () => Promise< unknown >;
	/** Says at the fields what is wrong with them, before anything is saved. */
	isRight?: () => boolean;
	/** Whether there is anything to save. */
	isOffered?: boolean;
	/** One of several on its page: its button is grey until something was changed, so that one is blue at a time. */
	isOneOfMany?: boolean;
	/** What stands beside the button. */
	beside?: ReactNode;
	/** The fields; a function puts the foot, which stands below them, elsewhere. */
	children: ReactNode | ( ( foot: ReactNode ) => ReactNode );
}

/** The button that sends a form; core's Button cannot carry what Enter does. */
function SubmitButton( { isBusy, isQuiet, children }: { isBusy: boolean; isQuiet: boolean; children: ReactNode } ) {
	return (
		<button
			type="submit"
			className={ `components-button ${ isQuiet ? 'is-secondary' : 'is-primary' } is-next-40px-default-size${ isBusy ? ' is-busy' : '' }` }
			aria-disabled={ isBusy || undefined }
		>
			{ children }
		</button>
	);
}

/** Fields, sent by the button below them or by Enter; what no field tells of a failure stands above the button. */
export function Form( {
	work,
	problem = work.problem,
	words = __( 'Save', 'unified-inbox' ),
	save,
	isRight = () => true,
	isOffered = true,
	isOneOfMany = false,
	beside,
	element,
	children,
}: FormProps & { work: Work; problem?: Problem | null; element?: Ref< HTMLFormElement > } ) {
	const [ isTouched, setTouched ] = useState( false );
	const foot = (
		<>
			<Trouble problem={ problem } />
			{ isOffered && (
				<div className="uibs-acts">
					<SubmitButton isBusy={ work.isBusy } isQuiet={ isOneOfMany && ! isTouched }>
						{ words }
					</SubmitButton>
					{ beside }
				</div>
			) }
		</>
	);
	return (
		<form
			ref={ element }
			noValidate
			onInput={ () => setTouched( true ) }
			onSubmit={ ( event ) => {
				event.preventDefault();
				if ( isRight() ) {
					void work.run( save ).then( ( isSaved ) => setTouched( ! isSaved ) );
				}
			} }
		>
			{ typeof children === 'function' ? (
				children( foot )
			) : (
				<>
					{ children }
					{ foot }
				</>
			) }
		</form>
	);
}

/** A card with one form, whose saving is told. */
export function FormCard( {
	title,
	lead,
	saved = __( 'Saved.', 'unified-inbox' ),
	save,
	...form
}: FormProps & { title: ReactNode; lead?: ReactNode; saved?: string } ) {
	const { notices } = useSettings();
	const work = useWork();
	const saveAndSay = async (): Promise< void > => {
		await save();
		notices.say( saved );
	};
	return (
		<Card title={ title }>
			{ lead }
			<Form isOneOfMany={ form.isOffered === undefined } { ...form } work={ work } save={ saveAndSay } />
		</Card>
	);
}

/** Leaves a form as it was. */
export function Cancel( to: { href: string } | { onClick: () => void } ) {
	return (
		<Button variant="tertiary" { ...to } __next40pxDefaultSize>
			{ __( 'Cancel', 'unified-inbox' ) }
		</Button>
	);
}
