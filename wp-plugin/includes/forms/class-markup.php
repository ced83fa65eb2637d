<?php
/**
 * The parts that our public pages are made of.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

defined( 'ABSPATH' ) || exit;

/** Fields and messages that take their look from the theme and carry what assistive technology needs. */
final class Markup {

	/**
	 * One line, an address, or many lines.
	 *
	 * @param string $type     text, email, textarea or code.
	 * @param string $id       Id.
	 * @param string $name     Name.
	 * @param string $label    Label.
	 * @param string $value    What is in it.
	 * @param bool   $required Whether it has to be filled in.
	 * @param string $error    What is wrong with it, or ''.
	 */
	public static function text( string $type, string $id, string $name, string $label, string $value, bool $required, string $error ): string {
		$common = sprintf( 'id="%s" name="%s"%s', esc_attr( $id ), esc_attr( $name ), self::state( $id, $required, '' !== $error ) );
		if ( 'textarea' === $type ) {
			$field = sprintf( '<textarea rows="7" %s>%s</textarea>', $common, esc_textarea( $value ) );
		} elseif ( 'code' === $type ) {
			$field = sprintf( '<input type="text" inputmode="numeric" autocomplete="one-time-code" dir="ltr" maxlength="12" %s value="%s">', $common, esc_attr( $value ) );
		} elseif ( 'email' === $type ) {
			$field = sprintf( '<input type="email" autocomplete="email" dir="ltr" %s value="%s">', $common, esc_attr( $value ) );
		} else {
			$field = sprintf( '<input type="text"%s %s value="%s">', 'unified_inbox[name]' === $name ? ' autocomplete="name"' : '', $common, esc_attr( $value ) );
		}
		return self::row( self::label( $id, $label, $required ) . $field . self::error( $id, $error ) );
	}

	/**
	 * Files.
	 *
	 * @param string $id       Id.
	 * @param string $name     Name, without brackets.
	 * @param string $label    Label.
	 * @param bool   $required Whether one has to be chosen.
	 * @param string $error    What is wrong, or ''.
	 * @param bool   $several  Whether more than one may be chosen.
	 */
	public static function files( string $id, string $name, string $label, bool $required, string $error, bool $several = true ): string {
		/* translators: %s: a size such as "10 MB". */
		$hint  = sprintf( __( 'Pictures, PDFs and documents, together at most %s.', 'unified-inbox' ), Upload::limit() );
		$field = sprintf(
			'<input type="file" id="%1$s" name="%2$s"%3$s%4$s><span class="unified-inbox-hint" id="%1$s-hint">%5$s</span>',
			esc_attr( $id ),
			esc_attr( $several ? "{$name}[]" : $name ),
			$several ? ' multiple' : '',
			self::state( $id, $required, '' !== $error, true ),
			esc_html( $hint )
		);
		return self::row( self::label( $id, $label, $required ) . $field . self::error( $id, $error ) );
	}

	/**
	 * A box to tick.
	 *
	 * @param string $id       Id.
	 * @param string $name     Name.
	 * @param string $label    Label.
	 * @param bool   $ticked   Whether it is ticked.
	 * @param bool   $required Whether it has to be.
	 * @param string $error    What is wrong, or ''.
	 */
	public static function checkbox( string $id, string $name, string $label, bool $ticked, bool $required, string $error ): string {
		$field = sprintf(
			'<label class="unified-inbox-consent" for="%1$s"><input type="checkbox" value="1" id="%1$s" name="%2$s"%3$s%4$s> <span>%5$s</span></label>',
			esc_attr( $id ),
			esc_attr( $name ),
			$ticked ? ' checked' : '',
			self::state( $id, $required, '' !== $error ),
			esc_html( $label )
		);
		return self::row( $field . self::error( $id, $error ) );
	}

	/**
	 * A button in the theme's look.
	 *
	 * @param string $label Label, plain text.
	 * @param string $wish  Value of the button, or '' for none.
	 * @param string $look  'fill' or 'outline'.
	 */
	public static function button( string $label, string $wish = '', string $look = 'fill' ): string {
		return sprintf(
			'<p class="unified-inbox-row wp-block-button is-style-%s"><button type="submit" class="wp-block-button__link wp-element-button"%s>%s</button></p>',
			esc_attr( $look ),
			'' === $wish ? '' : sprintf( ' name="unified_inbox_do" value="%s"', esc_attr( $wish ) ),
			esc_html( $label )
		);
	}

	/**
	 * What is wrong, on top of a form, with the focus.
	 *
	 * @param string   $title What has not happened.
	 * @param string[] $items HTML of each point.
	 */
	public static function errors( string $title, array $items ): string {
		return sprintf(
			'<div class="unified-inbox-errors" role="alert" tabindex="-1" autofocus><p><strong>%s</strong></p><ul><li>%s</li></ul></div>',
			esc_html( $title ),
			implode( '</li><li>', $items )
		);
	}

	/**
	 * A row of a form.
	 *
	 * @param string $html Contents.
	 */
	private static function row( string $html ): string {
		return "<div class=\"unified-inbox-row\">$html</div>";
	}

	/**
	 * A label; what may stay empty says so.
	 *
	 * @param string $id       Id of the field.
	 * @param string $label    Label.
	 * @param bool   $required Whether the field has to be filled in.
	 */
	private static function label( string $id, string $label, bool $required ): string {
		$optional = $required ? '' : sprintf( ' <span class="unified-inbox-optional">%s</span>', esc_html__( '(optional)', 'unified-inbox' ) );
		return sprintf( '<label for="%s">%s%s</label>', esc_attr( $id ), esc_html( $label ), $optional );
	}

	/**
	 * An error under its field.
	 *
	 * @param string $id    Id of the field.
	 * @param string $error Words, or ''.
	 */
	private static function error( string $id, string $error ): string {
		return '' === $error ? '' : sprintf( '<span class="unified-inbox-error" id="%s-error">%s</span>', esc_attr( $id ), esc_html( $error ) );
	}

	/**
	 * Attributes that tell a field's state.
	 *
	 * @param string $id       Id of the field.
	 * @param bool   $required Whether it has to be filled in.
	 * @param bool   $wrong    Whether something is wrong with it.
	 * @param bool   $hinted   Whether it has a hint.
	 */
	private static function state( string $id, bool $required, bool $wrong, bool $hinted = false ): string {
		$told = implode( ' ', array_filter( array( $wrong ? "$id-error" : '', $hinted ? "$id-hint" : '' ) ) );
		return ( $required ? ' required' : '' ) . ( $wrong ? ' aria-invalid="true"' : '' ) . ( '' === $told ? '' : sprintf( ' aria-describedby="%s"', esc_attr( $told ) ) );
	}
}
