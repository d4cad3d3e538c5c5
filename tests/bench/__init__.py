"""What pages and reports cost: `python3 dev.py bench`. docs/performance.md says how it is measured, and the targets."""
