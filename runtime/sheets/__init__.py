"""Sheets: tables of values written as XLSX and CSV, as a stream of bytes that never grows in memory."""
