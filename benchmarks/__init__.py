"""What the SDK costs, each figure beside the same work done otherwise, in the same run."""
