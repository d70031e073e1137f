"""The addresses, one file for each group: each has `router(service)`, which `app` includes."""
