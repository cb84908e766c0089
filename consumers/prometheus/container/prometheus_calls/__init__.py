"""The calls that the container makes: to the nodes whose tasks it does, and to the coordinator."""
