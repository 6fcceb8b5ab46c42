"""What is asked of checked provisions: classes, relations, orders, gaps and queries."""
