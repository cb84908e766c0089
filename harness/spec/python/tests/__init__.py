"""Tests of generated clients, against real servers."""
