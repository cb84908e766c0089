"""The live container of prometheus: has an agent do tasks, and brings what came of them to coordinator and nodes."""
