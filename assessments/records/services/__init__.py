"""Writes of the public record."""
