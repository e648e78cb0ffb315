"""The version, read by hatchling and printed by `catalog --version` without importing anything else."""

__version__ = "0.1.0"
