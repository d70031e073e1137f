"""The road from a picture to its palette: `extract`, its checks, and the caller's preference."""
