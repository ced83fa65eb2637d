<?php
/** What a plugin review looks for, checked over every file. */
final class ConventionsTest extends Plugin_Test_Case {

	/** @return array<string, array<int, string>> */
	public function sources(): array {
		$root  = dirname( __DIR__, 2 );
		$files = array_merge( glob( "$root/*.php" ), glob( "$root/includes/*.php" ), glob( "$root/includes/*/*.php" ) );
		return array_combine( array_map( 'basename', $files ), array_map( static function ( string $file ): array {
			return array( $file );
		}, $files ) );
	}

	/** @return string[] The file's tokens: names, operators and quoted texts, without comments and spaces. */
	private function tokens( string $file ): array {
		$kept = array();
		foreach ( token_get_all( file_get_contents( $file ) ) as $token ) {
			if ( ! is_array( $token ) || ! in_array( $token[0], array( T_WHITESPACE, T_COMMENT, T_DOC_COMMENT ), true ) ) {
				$kept[] = is_array( $token ) ? $token[1] : $token;
			}
		}
		return $kept;
	}

	/** @dataProvider sources */
	public function test_a_file_does_nothing_when_it_is_called_by_itself( string $file ): void {
		$this->assertStringContainsString( "defined( 'ABSPATH' ) || exit;", file_get_contents( $file ) );
	}

	/** @dataProvider sources */
	public function test_every_text_names_our_domain( string $file ): void {
		$tokens = $this->tokens( $file );
		foreach ( array_keys( array_filter( $tokens, static function ( string $token ): bool {
			return 1 === preg_match( '/^(__|_e|_x|_n|_nx|esc_(html|attr)_(_|e|x)|esc_(html|attr)__)$/', $token );
		} ) ) as $at ) {
			$end = array_search( ')', array_slice( $tokens, $at, null, true ), true );
			$this->assertContains( "'unified-inbox'", array_slice( $tokens, $at, $end - $at ), implode( '', array_slice( $tokens, $at, 6 ) ) );
		}
		$this->addToAssertionCount( 1 );
	}

	/** @dataProvider sources */
	public function test_every_function_says_what_it_is_for( string $file ): void {
		preg_match_all( '#(?<!\*/)\n\t(?:public|private|protected)(?: static)? function (\w+)#', file_get_contents( $file ), $bare );
		$this->assertSame( array(), $bare[1] );
	}

	public function test_every_rest_route_asks_for_permission(): void {
		$routes = array_filter( rest_get_server()->get_routes( 'unified-inbox/v1' ), static function ( string $path ): bool {
			return '/unified-inbox/v1' !== $path;
		}, ARRAY_FILTER_USE_KEY );
		$this->assertGreaterThan( 3, count( $routes ) );
		foreach ( $routes as $path => $handlers ) {
			foreach ( $handlers as $handler ) {
				$this->assertIsCallable( $handler['permission_callback'], $path );
				$this->assertNotSame( '__return_true', $handler['permission_callback'], $path );
			}
		}
	}

	/** @dataProvider sources */
	public function test_nothing_newer_than_php_7_4_is_used( string $file ): void {
		$code = implode( ' ', $this->tokens( $file ) );
		$this->assertDoesNotMatchRegularExpression( '/\bmatch \(|\?->|\bstr_(contains|starts_with|ends_with) \(|\benum [A-Z]|\breadonly\b|\): (mixed|never|static)\b|\bpublic function __construct \( (public|private)/', $code );
	}
}
