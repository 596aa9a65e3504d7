"""Every page of the designer, by blueprint."""

from flask import Blueprint

from builder.web import (
    access,
    center,
    dictionary,
    draft,
    expressions,
    flows,
    form,
    imports,
    objects,
    preview,
    publish,
    releases,
    rules,
    source,
    stories,
    table,
    trials,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    access.bp,
    center.bp,
    dictionary.bp,
    draft.bp,
    expressions.bp,
    flows.bp,
    form.bp,
    imports.bp,
    objects.bp,
    preview.bp,
    publish.bp,
    releases.bp,
    rules.bp,
    source.bp,
    stories.bp,
    table.bp,
    trials.bp,
)
