"""The commands of `biaoliu`, one module a group; `runtime/cli.py` lists them."""
