# Copied into each generated client.
"""The part of a client that is the same for every contract: calling, reading, errors."""
