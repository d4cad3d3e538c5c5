"""The public record: reports with a permanent address, for anybody to cite and check."""
