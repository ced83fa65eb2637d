<?php
/**
 * The form as HTML.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

defined( 'ABSPATH' ) || exit;

/** One column, labels above fields, hints under them, errors beside the field and summed up on top; no script. */
final class Form_View {

	/**
	 * A form to fill in.
	 *
	 * @param Definition      $form       What to ask for.
	 * @param Submission|null $submission What was sent and refused.
	 * @param string          $prefix     Begins every id: a page may hold several forms.
	 * @param string          $target     Address the form is sent to.
	 */
	public static function html( Definition $form, ?Submission $submission, string $prefix, string $target ): string {
		$html = sprintf(
			'<form class="unified-inbox-form" id="%s" method="post" action="%s" enctype="multipart/form-data" novalidate>',
			esc_attr( $prefix ),
			// No fragment: browsers then leave the focus where autofocus wants it.
			esc_url( $target )
		);
		if ( $submission ) {
			$html .= self::summary( $form, $submission, $prefix );
		}
		foreach ( $form->fields as $field ) {
			$html .= self::row( $field, $submission, "$prefix-{$field->name}" );
		}
		return $html . self::hidden( $form->id ) . Guard::trap_html() . Markup::button( __( 'Send', 'unified-inbox' ) ) . '</form>';
	}

	/**
	 * What the visitor sees after sending.
	 *
	 * @param string $reference Reference.
	 * @param string $prefix    Id.
	 * @param string $status    Address of the status page, or ''.
	 */
	public static function thanks( string $reference, string $prefix, string $status ): string {
		$html = sprintf(
			'<div class="unified-inbox-done" id="%s" role="status" tabindex="-1" autofocus><h2>%s</h2><p>%s <strong class="unified-inbox-reference" dir="ltr">%s</strong></p><p>%s</p>',
			esc_attr( $prefix ),
			esc_html__( 'Thank you, we have your message', 'unified-inbox' ),
			esc_html__( 'Your reference:', 'unified-inbox' ),
			esc_html( $reference ),
			esc_html__( 'We answer by e-mail. A confirmation with a link to follow your request is on its way.', 'unified-inbox' )
		);
		if ( '' !== $status ) {
			$html .= sprintf( '<p><a href="%s">%s</a></p>', esc_url( $status ), esc_html__( 'See where it stands', 'unified-inbox' ) );
		}
		return $html . '</div>';
	}

	/**
	 * Everything that is wrong, in one place that takes the focus.
	 *
	 * @param Definition $form       The form.
	 * @param Submission $submission Refused.
	 * @param string     $prefix     Begins every id.
	 */
	private static function summary( Definition $form, Submission $submission, string $prefix ): string {
		$items = array();
		foreach ( $submission->errors as $name => $words ) {
			$items[] = '' === $name ? esc_html( $words ) : sprintf( '<a href="#%s">%s</a>', esc_attr( "$prefix-$name" ), esc_html( self::point( $form, $name, $words ) ) );
		}
		if ( $form->of_type( 'file' ) && ! array_intersect_key( $submission->errors, array_flip( array_column( $form->of_type( 'file' ), 'name' ) ) ) && $submission->files ) {
			$items[] = esc_html__( 'Choose your files again: browsers do not keep them.', 'unified-inbox' );
		}
		return Markup::errors( __( 'Your message is not sent yet', 'unified-inbox' ), $items );
	}

	/**
	 * One point of the summary: the field's label, where the words do not speak for themselves.
	 *
	 * @param Definition $form  The form.
	 * @param string     $name  Field.
	 * @param string     $words What is wrong.
	 */
	private static function point( Definition $form, string $name, string $words ): string {
		foreach ( $form->fields as $field ) {
			if ( $field->name === $name && 'consent' !== $field->type && false === strpos( $words, $field->label() ) ) {
				/* translators: 1: label of a field, 2: what is wrong with it. */
				return sprintf( _x( '%1$s: %2$s', 'error of a form', 'unified-inbox' ), $field->label(), $words );
			}
		}
		return $words;
	}

	/**
	 * One field with its label, hint and error.
	 *
	 * @param Field           $field      The field.
	 * @param Submission|null $submission What was sent.
	 * @param string          $id         Id.
	 */
	private static function row( Field $field, ?Submission $submission, string $id ): string {
		$value = $submission->values[ $field->name ] ?? self::known( $field );
		$error = $submission->errors[ $field->name ] ?? '';
		if ( 'consent' === $field->type ) {
			return Markup::checkbox( $id, "unified_inbox[{$field->name}]", $field->label(), (bool) $value, $field->required, $error );
		}
		if ( 'file' === $field->type ) {
			return Markup::files( $id, "unified_inbox_files_{$field->name}", $field->label(), $field->required, $error, 1 !== $field->max );
		}
		return Markup::text( $field->type, $id, "unified_inbox[{$field->name}]", $field->label(), (string) $value, $field->required, $error );
	}

	/**
	 * What we know of somebody who is logged in.
	 *
	 * @param Field $field The field.
	 */
	private static function known( Field $field ): string {
		$user = wp_get_current_user();
		// The editor's preview shows the form as strangers see it.
		if ( ! $user->exists() || wp_is_serving_rest_request() ) {
			return '';
		}
		if ( 'email' === $field->type ) {
			return $user->user_email;
		}
		return 'name' === $field->name ? $user->display_name : '';
	}

	/**
	 * Which form this is, and when it was shown.
	 *
	 * @param string $form_id Form.
	 */
	private static function hidden( string $form_id ): string {
		return sprintf(
			'<input type="hidden" name="unified_inbox_form" value="%s"><input type="hidden" name="unified_inbox_token" value="%s">',
			esc_attr( $form_id ),
			esc_attr( Guard::token( $form_id ) )
		);
	}
}
