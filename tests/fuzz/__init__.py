"""A fuzz over scenario files: every outcome is a clean run or a clean refusal."""
