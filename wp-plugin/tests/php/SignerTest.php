<?php
use UnifiedInbox\Actor;
use UnifiedInbox\Connection;
use UnifiedInbox\Signer;

final class SignerTest extends Plugin_Test_Case {

	private function token( Actor $actor, string $method = 'GET', string $target = '/api/v1/me', string $body = '' ): array {
		$connection = new Connection( self::SERVICE, '7', 'k1', self::SECRET );
		return $this->open_token( Signer::token( $connection, $actor, $method, $target, $body ) );
	}

	public function test_the_header_pins_the_algorithm_and_names_the_key(): void {
		list( $header ) = $this->token( Actor::plugin() );
		$this->assertSame( array( 'alg' => 'HS256', 'typ' => 'JWT', 'kid' => 'k1' ), $header );
	}

	public function test_the_claims_name_the_site_the_speaker_and_exactly_this_request(): void {
		list( , $claims ) = $this->token( Actor::agent( 42 ), 'POST', '/api/v1/tickets/7/messages?x=%20y', '{"a":1}' );
		$this->assertSame( untrailingslashit( get_option( 'home' ) ), $claims['iss'] );
		$this->assertSame( 'unified-inbox', $claims['aud'] );
		$this->assertSame( array( 'agent', '42' ), array( $claims['typ'], $claims['sub'] ) );
		$this->assertSame( array( 'POST', '/api/v1/tickets/7/messages?x=%20y' ), array( $claims['method'], $claims['path'] ) );
		$this->assertSame( hash( 'sha256', '{"a":1}' ), $claims['body_sha256'] );
	}

	public function test_a_token_lives_for_sixty_seconds(): void {
		list( , $claims ) = $this->token( Actor::plugin() );
		$this->assertSame( 60, $claims['exp'] - $claims['iat'] );
		$this->assertEqualsWithDelta( time(), $claims['iat'], 2 );
	}

	public function test_no_two_tokens_share_an_id_of_128_bits(): void {
		list( , $one ) = $this->token( Actor::plugin() );
		list( , $two ) = $this->token( Actor::plugin() );
		$this->assertNotSame( $one['jti'], $two['jti'] );
		$this->assertMatchesRegularExpression( '/^[0-9a-f]{32}$/', $one['jti'] );
	}

	public function test_the_plugin_speaks_for_itself_under_its_own_name(): void {
		list( , $claims ) = $this->token( Actor::plugin() );
		$this->assertSame( array( 'plugin', 'plugin' ), array( $claims['typ'], $claims['sub'] ) );
	}

	public function test_a_language_plugin_that_bends_home_url_does_not_change_who_we_are(): void {
		$bend = static function ( string $url ): string {
			return "$url/ar";
		};
		add_filter( 'home_url', $bend );
		list( , $claims ) = $this->token( Actor::plugin() );
		remove_filter( 'home_url', $bend );
		$this->assertStringEndsNotWith( '/ar', $claims['iss'] );
	}
}
