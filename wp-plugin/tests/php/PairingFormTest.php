<?php
use UnifiedInbox\Pairing_Form;

final class PairingFormTest extends Plugin_Test_Case {

	private function form( ?WP_Error $failure = null, string $code = '' ): DOMXPath {
		$html = $this->printed( static function () use ( $failure, $code ): void {
			Pairing_Form::render( 'https://inbox.example.com', $code, $failure );
		} );
		$page = new DOMDocument();
		$page->loadHTML( '<?xml encoding="utf-8"?>' . $html, LIBXML_NOERROR );
		return new DOMXPath( $page );
	}

	private function failure( string $field ): WP_Error {
		return new WP_Error( 'x', 'This is <wrong>.', array( 'field' => $field ) );
	}

	/** @dataProvider fields */
	public function test_every_field_has_a_label_above_and_a_hint_it_points_to( string $name ): void {
		$form  = $this->form();
		$input = $form->query( "//input[@name='$name']" )->item( 0 );
		$this->assertSame( 1, $form->query( "//label[@for='{$input->getAttribute( 'id' )}']" )->length );
		$this->assertNotSame( '', trim( $form->query( "//*[@id='{$input->getAttribute( 'aria-describedby' )}']" )->item( 0 )->textContent ) );
	}

	public function fields(): array {
		return array( array( 'service_url' ), array( 'code' ) );
	}

	/** @dataProvider fields */
	public function test_an_error_stands_beside_its_field_which_has_the_focus( string $name ): void {
		$form  = $this->form( $this->failure( $name ) );
		$input = $form->query( "//input[@aria-invalid='true']" );
		$this->assertSame( 1, $input->length );
		$this->assertSame( array( $name, true ), array( $input->item( 0 )->getAttribute( 'name' ), $input->item( 0 )->hasAttribute( 'autofocus' ) ) );
		$hint = $form->query( "//*[@id='{$input->item( 0 )->getAttribute( 'aria-describedby' )}']" )->item( 0 );
		$this->assertStringContainsString( 'This is <wrong>.', $hint->textContent );
	}

	public function test_an_error_is_announced_once_above_the_fields(): void {
		$alerts = $this->form( $this->failure( 'code' ) )->query( "//*[@role='alert']" );
		$this->assertSame( 1, $alerts->length );
		$this->assertStringContainsString( 'One field needs another look', $alerts->item( 0 )->textContent );
	}

	public function test_an_error_of_no_field_is_told_in_full_above_them(): void {
		$form = $this->form( new WP_Error( 'forbidden', 'You may not.' ) );
		$this->assertSame( 'You may not.', $form->query( "//*[@role='alert']" )->item( 0 )->textContent );
		$this->assertSame( 0, $form->query( '//input[@aria-invalid]' )->length );
	}

	public function test_a_first_visit_sees_no_error(): void {
		$this->assertSame( 0, $this->form()->query( "//*[@role='alert']|//input[@aria-invalid]" )->length );
	}

	public function test_what_was_typed_stays_and_cannot_break_out(): void {
		$typed = '"><script>alert(1)</script>';
		$form  = $this->form( null, $typed );
		$this->assertSame( $typed, $form->query( "//input[@name='code']" )->item( 0 )->getAttribute( 'value' ) );
		$this->assertSame( 0, $form->query( '//script' )->length );
	}

	public function test_addresses_and_codes_are_left_to_right_in_every_language(): void {
		$this->assertSame( 3, $this->form()->query( "//*[@dir='ltr']" )->length );
	}
}
