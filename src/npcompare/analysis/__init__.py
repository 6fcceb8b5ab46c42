"""The analysis of checked provisions: classes, relations, orders, gaps and queries."""
