"""Sums: what adds up to what, for how long, and what the printed totals say."""
