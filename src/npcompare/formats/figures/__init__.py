"""Figures of tables, as SVG."""
