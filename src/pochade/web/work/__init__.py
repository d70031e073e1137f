"""Work functions: `work(cache, digest, **options)` runs in a worker process and returns an `Answer`.

The pool sends a function by its name, so that no list of them is needed.
"""
