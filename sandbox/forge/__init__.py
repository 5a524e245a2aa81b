"""The host of Forge apps: reads their manifest, frames them, tells them, carries their calls."""
