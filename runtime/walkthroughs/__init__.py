"""Walk-throughs: a pack's stories, played through the same use cases as the pages (docs/reference)."""
