"""Films over HTTP: each is a job, which a process of its own counts.

`upload` writes the body to a file without a name, `jobs` runs the jobs within their limits, `process` is the server's
side of a process and `child` the other one, `options` parses the options of a request.
"""
