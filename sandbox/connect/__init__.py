"""The host of Connect apps: installs them, frames them, tells them, knows their tokens."""
