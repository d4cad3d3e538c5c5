"""Moving assessments to newer versions of their question set."""
