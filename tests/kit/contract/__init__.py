"""The wire: one contract suite for every bus, on small services of its own."""
