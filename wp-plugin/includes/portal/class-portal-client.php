<?php
/**
 * The service as customers see it.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Actor;
use UnifiedInbox\Answer;
use UnifiedInbox\Client;
use UnifiedInbox\Forms\Locale;

defined( 'ABSPATH' ) || exit;

/** Every call a customer can cause, each as the least that allows it. */
final class Portal_Client {

	/** Pages of a conversation that are read; 50 messages each. */
	const PAGES = 20;

	/**
	 * Mails a code, if the address is known; the service never says whether it is.
	 *
	 * @param string $email Address.
	 * @return Answer|\WP_Error
	 */
	public static function mail_code( string $email ) {
		return Client::call_as_plugin( 'POST', '/access/codes', array( 'email' => $email, 'locale' => Locale::language() ) );
	}

	/**
	 * Exchanges a code for a session.
	 *
	 * @param string $email Address.
	 * @param string $code  What was typed.
	 * @return string|\WP_Error Token of the session.
	 */
	public static function open_session( string $email, string $code ) {
		$answer = Client::call_as_plugin( 'POST', '/access/sessions', array( 'email' => $email, 'code' => $code ) );
		return is_wp_error( $answer ) ? $answer : $answer->text( 'token' );
	}

	/**
	 * Shows the service that a user reads the mail of his address.
	 *
	 * @param \WP_User $user Who is logged in.
	 * @param string   $code What was typed.
	 * @return Answer|\WP_Error
	 */
	public static function confirm_address( \WP_User $user, string $code ) {
		$proof = array(
			'wp_user_id' => $user->ID,
			'email'      => $user->user_email,
			'code'       => $code,
		);
		return Client::call_as_plugin( 'POST', '/access/verified', $proof );
	}

	/**
	 * Somebody's requests.
	 *
	 * @param Actor $actor Customer or guest.
	 * @return object[]|\WP_Error
	 */
	public static function tickets( Actor $actor ) {
		return self::items( $actor, '/portal/tickets', 1 );
	}

	/**
	 * One request, for the first of some actors who may see it.
	 *
	 * @param Actor[] $actors    In the order to try.
	 * @param string  $reference Ticket.
	 * @return array{0: Actor, 1: object}|\WP_Error Who may, and the ticket.
	 */
	public static function ticket( array $actors, string $reference ) {
		$failure = new \WP_Error( 'not_found', '', array( 'status' => 404 ) );
		foreach ( $actors as $actor ) {
			$answer = Client::call( $actor, 'GET', self::path( $reference ) );
			if ( is_wp_error( $answer ) || $answer->status >= 500 ) {
				return is_wp_error( $answer ) ? $answer : $answer->error();
			}
			if ( $answer->ok() && is_object( $answer->body ) ) {
				return array( $actor, $answer->body );
			}
		}
		return $failure;
	}

	/**
	 * The conversation, oldest first.
	 *
	 * @param Actor  $actor     Who may see it.
	 * @param string $reference Ticket.
	 * @return object[]|\WP_Error
	 */
	public static function messages( Actor $actor, string $reference ) {
		return self::items( $actor, self::path( $reference ) . '/messages', self::PAGES );
	}

	/**
	 * Adds the customer's answer.
	 *
	 * @param Actor                             $actor     Who may.
	 * @param string                            $reference Ticket.
	 * @param string                            $text      Answer.
	 * @param array<int, array<string, string>> $files     From Upload.
	 * @param string                            $key       The same for a second press of the button.
	 * @return Answer|\WP_Error
	 */
	public static function answer( Actor $actor, string $reference, string $text, array $files, string $key ) {
		$body = array(
			'text'      => $text,
			'files'     => $files,
			'entry_key' => $key,
		);
		return self::done( Client::call( $actor, 'POST', self::path( $reference ) . '/messages', (string) wp_json_encode( $body ) ) );
	}

	/**
	 * Ends a request.
	 *
	 * @param Actor  $actor     Who may.
	 * @param string $reference Ticket.
	 * @return Answer|\WP_Error
	 */
	public static function close( Actor $actor, string $reference ) {
		return self::done( Client::call( $actor, 'POST', self::path( $reference ) . '/close', '{}' ) );
	}

	/**
	 * Pages of a list.
	 *
	 * @param Actor  $actor Who asks.
	 * @param string $path  List.
	 * @param int    $pages Most pages.
	 * @return object[]|\WP_Error
	 */
	private static function items( Actor $actor, string $path, int $pages ) {
		$items  = array();
		$cursor = '';
		for ( $page = 0; $page < $pages; $page++ ) {
			$answer = self::done( Client::call( $actor, 'GET', $path . ( '' === $cursor ? '' : '?cursor=' . rawurlencode( $cursor ) ) ) );
			if ( is_wp_error( $answer ) ) {
				return $answer;
			}
			$items  = array_merge( $items, is_array( $answer->body->items ?? null ) ? $answer->body->items : array() );
			$cursor = $answer->text( 'next_cursor' );
			if ( '' === $cursor ) {
				break;
			}
		}
		return $items;
	}

	/**
	 * A refusal as an error.
	 *
	 * @param Answer|\WP_Error $answer Of a call.
	 * @return Answer|\WP_Error
	 */
	private static function done( $answer ) {
		return is_wp_error( $answer ) || $answer->ok() ? $answer : $answer->error();
	}

	/**
	 * Path of a ticket.
	 *
	 * @param string $reference Ticket.
	 */
	private static function path( string $reference ): string {
		return '/portal/tickets/' . rawurlencode( $reference );
	}
}
