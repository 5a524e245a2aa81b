"""What happens to calls on their way: they are counted, limited and, when asked to, disturbed."""
