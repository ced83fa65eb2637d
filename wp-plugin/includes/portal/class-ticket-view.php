<?php
/**
 * One request of a visitor.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Forms\Markup;

defined( 'ABSPATH' ) || exit;

/** Where it stands, the conversation, the answer box. Mail is shown as text: its HTML has no business in the site's page. */
final class Ticket_View {

	/**
	 * The page.
	 *
	 * @param object   $ticket   As the service tells it.
	 * @param object[] $messages Oldest first.
	 * @param Outcome  $outcome  Of the last form.
	 */
	public static function html( object $ticket, array $messages, Outcome $outcome ): string {
		$reference = (string) ( $ticket->reference ?? '' );
		$subject   = (string) ( $ticket->subject ?? '' );
		$html      = sprintf(
			'%s<h2><bdi>%s</bdi></h2><p class="unified-inbox-meta">%s <strong dir="ltr">%s</strong> · %s</p>%s',
			'' === $outcome->error ? self::notice() : '',
			esc_html( '' === $subject ? __( '(no subject)', 'unified-inbox' ) : $subject ),
			esc_html__( 'Reference', 'unified-inbox' ),
			esc_html( $reference ),
			Steps::moment( (string) ( $ticket->created_at ?? '' ) ),
			Steps::html( (string) ( $ticket->step ?? '' ) )
		);
		$html     .= sprintf( '<ol class="unified-inbox-messages" aria-label="%s">', esc_attr__( 'Conversation', 'unified-inbox' ) );
		foreach ( $messages as $message ) {
			$html .= self::message( $message, $reference );
		}
		$html .= '</ol>' . self::answer_form( $ticket, $outcome );
		return $html . self::ways_out( $ticket );
	}

	/** What has just been done. */
	private static function notice(): string {
		$words = array(
			'answered' => __( 'Thank you, we have your answer.', 'unified-inbox' ),
			'closed'   => __( 'Thank you. The request is closed; an answer opens it again.', 'unified-inbox' ),
			'file'     => __( 'The link to the file was too old. The links below are fresh: click the file again.', 'unified-inbox' ),
		);
		$step  = wp_unslash( $_GET[ Status_Page::STEP ] ?? '' );
		return is_string( $step ) && isset( $words[ $step ] ) ? sprintf( '<p class="unified-inbox-done" role="status">%s</p>', esc_html( $words[ $step ] ) ) : '';
	}

	/**
	 * One message.
	 *
	 * @param object $message   As the service tells it.
	 * @param string $reference Ticket.
	 */
	private static function message( object $message, string $reference ): string {
		$from = (string) ( $message->from ?? 'other' );
		$name = 'you' === $from ? __( 'You', 'unified-inbox' ) : (string) ( $message->name ?? '' );
		return sprintf(
			'<li class="unified-inbox-message is-%s"><p class="unified-inbox-meta"><strong><bdi>%s</bdi></strong> · %s</p><div class="unified-inbox-text" dir="%s">%s</div>%s</li>',
			esc_attr( in_array( $from, array( 'you', 'us' ), true ) ? $from : 'other' ),
			esc_html( '' === $name ? get_bloginfo( 'name' ) : $name ),
			Steps::moment( (string) ( $message->created_at ?? '' ) ),
			esc_attr( in_array( $message->direction ?? '', array( 'ltr', 'rtl' ), true ) ? $message->direction : 'auto' ),
			self::text( (string) ( $message->text ?? '' ) ),
			self::attachments( is_array( $message->attachments ?? null ) ? $message->attachments : array(), $reference )
		);
	}

	/**
	 * Text with its paragraphs, and with links that give nothing away; an address reads from the left wherever it stands.
	 *
	 * @param string $text Plain text.
	 */
	private static function text( string $text ): string {
		$linked = make_clickable( esc_html( $text ) );
		return wpautop( str_replace( '<a href=', '<a dir="ltr" rel="nofollow noopener noreferrer" href=', str_replace( ' rel="nofollow"', '', $linked ) ) );
	}

	/**
	 * Files of a message.
	 *
	 * @param object[] $attachments As the service tells them.
	 * @param string   $reference   Ticket.
	 */
	private static function attachments( array $attachments, string $reference ): string {
		$html = '';
		foreach ( $attachments as $file ) {
			$url   = add_query_arg( Status_Page::FILE, rawurlencode( (string) ( $file->file_token ?? '' ) ), Status_Page::ticket_url( $reference ) );
			$html .= sprintf( '<li><a href="%s"><bdi>%s</bdi></a> <bdi class="unified-inbox-meta" dir="ltr">%s</bdi></li>', esc_url( $url ), esc_html( (string) ( $file->name ?? '' ) ), esc_html( (string) size_format( (int) ( $file->size ?? 0 ) ) ) );
		}
		return '' === $html ? '' : sprintf( '<ul class="unified-inbox-files" aria-label="%s">%s</ul>', esc_attr__( 'Files', 'unified-inbox' ), $html );
	}

	/**
	 * The box for an answer.
	 *
	 * @param object  $ticket  As the service tells it.
	 * @param Outcome $outcome Of the last form.
	 */
	private static function answer_form( object $ticket, Outcome $outcome ): string {
		if ( empty( $ticket->can_answer ) ) {
			return sprintf( '<p>%s</p>', esc_html__( 'This request no longer takes answers. Please send a new one.', 'unified-inbox' ) );
		}
		$wrong = static function ( string $field ) use ( $outcome ): string {
			return $outcome->field === $field ? $outcome->error : '';
		};
		$items = '' === $outcome->field ? esc_html( $outcome->error ) : sprintf( '<a href="#unified-inbox-%s">%s</a>', esc_attr( $outcome->field ), esc_html( $outcome->error ) );
		return sprintf(
			'<form class="unified-inbox-form" method="post" action="" enctype="multipart/form-data" novalidate>%s%s%s%s%s</form>',
			'' === $outcome->error ? '' : Markup::errors( __( 'Your answer is not sent yet', 'unified-inbox' ), array( $items ) ),
			Markup::text( 'textarea', 'unified-inbox-text', 'text', __( 'Your answer', 'unified-inbox' ), $outcome->typed, true, $wrong( 'text' ) ),
			Markup::files( 'unified-inbox-files', 'unified_inbox_files', __( 'Files', 'unified-inbox' ), false, $wrong( 'files' ) ),
			Acts::hidden(),
			Markup::button( __( 'Send answer', 'unified-inbox' ), 'answer' )
		);
	}

	/**
	 * Close, see all, leave.
	 *
	 * @param object $ticket As the service tells it.
	 */
	private static function ways_out( object $ticket ): string {
		$html = '';
		if ( 'solved' !== ( $ticket->step ?? '' ) && ! empty( $ticket->can_answer ) ) {
			$html .= sprintf( '<form class="unified-inbox-form" method="post" action="">%s%s</form>', Acts::hidden(), Markup::button( __( 'It is solved: close the request', 'unified-inbox' ), 'close', 'outline' ) );
		}
		$html .= sprintf( '<p><a href="%s">%s</a></p>', esc_url( Status_Page::url() ), esc_html__( 'All your requests', 'unified-inbox' ) );
		return $html . List_View::leave_form();
	}
}
