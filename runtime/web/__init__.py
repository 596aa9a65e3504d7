"""Pages for end users: a blueprint reads the request, calls one use case and answers HTML."""
