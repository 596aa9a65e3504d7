"""What templates receive: small frozen values, already worded and formatted, without anything left to ask."""
