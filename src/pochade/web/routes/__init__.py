"""The addresses, a file a group: each has `router(service)`, and `app` takes them all up."""
