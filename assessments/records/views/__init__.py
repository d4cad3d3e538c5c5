"""Pages of the public record."""
