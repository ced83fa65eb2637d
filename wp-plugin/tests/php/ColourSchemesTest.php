<?php
/** The accent follows each person's colour scheme and stays readable in all of them. */
final class ColourSchemesTest extends Plugin_Test_Case {

	/** @return array<string, array{0: string}> Scheme => accent. */
	private function accents(): array {
		$css = file_get_contents( dirname( __DIR__, 2 ) . '/assets/schemes.css' );
		preg_match_all( '/admin-color-(\w+) \{\s*--wp-admin-theme-color: (#[0-9a-f]{6});/', $css, $found );
		return array_combine( $found[1], $found[2] );
	}

	/** Relative luminance, WCAG 2.2. */
	private function luminance( string $colour ): float {
		$light = array_map( static function ( string $pair ): float {
			$value = hexdec( $pair ) / 255;
			return $value <= 0.03928 ? $value / 12.92 : ( ( $value + 0.055 ) / 1.055 ) ** 2.4;
		}, str_split( substr( $colour, 1 ), 2 ) );
		return 0.2126 * $light[0] + 0.7152 * $light[1] + 0.0722 * $light[2];
	}

	public function test_every_scheme_of_wordpress_has_its_accent(): void {
		register_admin_color_schemes();
		$this->assertSame( array(), array_diff( array_keys( $GLOBALS['_wp_admin_css_colors'] ), array_keys( $this->accents() ) ) );
	}

	public function test_every_accent_can_be_read_on_white_and_white_on_it(): void {
		foreach ( $this->accents() as $scheme => $accent ) {
			$this->assertGreaterThan( 4.5, 1.05 / ( $this->luminance( $accent ) + 0.05 ), $scheme );
		}
	}
}
