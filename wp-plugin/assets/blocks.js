/**
 * The two blocks in the editor: a preview drawn by the server, and the choice of a form.
 */
( function ( wp ) {
	const { createElement, Fragment, useEffect, useState } = wp.element;
	const { InspectorControls, useBlockProps } = wp.blockEditor;
	const { Disabled, PanelBody, SelectControl } = wp.components;
	const { __ } = wp.i18n;

	/** Links and buttons of a preview must not act: the editor would lose what is being written. */
	function preview( name, attributes ) {
		return createElement(
			Disabled,
			null,
			createElement( wp.serverSideRender, { block: name, attributes } )
		);
	}

	/** Asked for when the block is there, and once for all of them. */
	let asked = null;

	function useForms() {
		const [ forms, setForms ] = useState( [] );
		useEffect( () => {
			asked = asked || wp.apiFetch( { path: '/unified-inbox/v1/forms' } ).catch( () => [] );
			let wanted = true;
			asked.then( ( list ) => wanted && setForms( list ) );
			return () => {
				wanted = false;
			};
		}, [] );
		return forms;
	}

	function FormChoice( { attributes, setAttributes } ) {
		const forms = useForms();
		const first = { value: '', label: __( 'The first form', 'unified-inbox' ) };
		return createElement(
			InspectorControls,
			null,
			createElement(
				PanelBody,
				{ title: __( 'Form', 'unified-inbox' ) },
				createElement( SelectControl, {
					label: __( 'Which form to show', 'unified-inbox' ),
					value: attributes.formId,
					options: [ first, ...forms ],
					onChange: ( formId ) => setAttributes( { formId } ),
					__nextHasNoMarginBottom: true,
					__next40pxDefaultSize: true,
				} )
			)
		);
	}

	wp.blocks.registerBlockType( 'unified-inbox/form', {
		edit: ( props ) =>
			createElement(
				Fragment,
				null,
				createElement( FormChoice, props ),
				createElement( 'div', useBlockProps(), preview( 'unified-inbox/form', props.attributes ) )
			),
		save: () => null,
	} );

	wp.blocks.registerBlockType( 'unified-inbox/status', {
		edit: () => createElement( 'div', useBlockProps(), preview( 'unified-inbox/status', {} ) ),
		save: () => null,
	} );
} )( window.wp );
