"""The designer's pages: read the request, one use case, answer HTML or JSON."""
