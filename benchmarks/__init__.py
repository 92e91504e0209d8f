"""What measures the speed of the service. Never part of the tests; `make bench` runs it."""
