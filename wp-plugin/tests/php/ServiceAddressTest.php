<?php
use UnifiedInbox\Service_Address;

final class ServiceAddressTest extends Plugin_Test_Case {

	/** @dataProvider good */
	public function test_a_good_address_is_tidied( string $typed, string $clean ): void {
		$this->assertSame( $clean, Service_Address::clean( $typed ) );
	}

	public function good(): array {
		return array(
			array( ' https://inbox.example.com/ ', 'https://inbox.example.com' ),
			array( 'https://inbox.example.com:8443', 'https://inbox.example.com:8443' ),
			array( 'https://example.com/inbox/', 'https://example.com/inbox' ),
			array( 'https://inbox.example.com/api/v1', 'https://inbox.example.com' ),
			array( 'http://127.0.0.1:8484', 'http://127.0.0.1:8484' ),
			array( 'http://localhost:8484', 'http://localhost:8484' ),
			array( 'http://[::1]:8484', 'http://[::1]:8484' ),
		);
	}

	/** @dataProvider bad */
	public function test_a_bad_address_is_refused_at_its_field( string $typed, string $code ): void {
		$error = Service_Address::clean( $typed );
		$this->assertSame( $code, $error->get_error_code() );
		$this->assertSame( 'service_url', $error->get_error_data()['field'] );
	}

	public function bad(): array {
		return array(
			array( '', 'address_invalid' ),
			array( 'inbox.example.com', 'address_invalid' ),
			array( 'ftp://inbox.example.com', 'address_invalid' ),
			array( 'javascript:alert(1)', 'address_invalid' ),
			array( 'https://user:pass@inbox.example.com', 'address_invalid' ),
			array( 'https://inbox.example.com/?x=1', 'address_invalid' ),
			array( 'https://', 'address_invalid' ),
			array( 'http://inbox.example.com', 'https_required' ),
			array( 'http://10.0.0.5', 'https_required' ),
			array( 'http://127.evil.example', 'https_required' ),
		);
	}
}
