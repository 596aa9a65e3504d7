"""Every page of the site, by blueprint."""

from runtime.web import admin, auth, cases, files, forms, pickers, records, tables, work

BLUEPRINTS = (auth.bp, work.bp, forms.bp, cases.bp, tables.bp, records.bp, pickers.bp, files.bp, admin.bp)
