"""The tests of Biaoliu; the folders mirror the rooms."""
