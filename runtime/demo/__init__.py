"""The demo organisation as data: a fictional group of companies for trying the product out."""
