"""One verb per module; ports come as keyword-only arguments."""
