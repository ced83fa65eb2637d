"""What tests of connectors need: a conformance kit and simulated providers."""
