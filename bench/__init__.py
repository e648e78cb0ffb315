"""Measurements that hold on any machine: ratios of `catalog` to what somebody would use instead, in the same run.

Each command makes its own input from a seed, runs each contestant in a process of its own, and prints CPU time, peak
memory and ratios. What is here is no part of the package and may use what the package may not.
"""
