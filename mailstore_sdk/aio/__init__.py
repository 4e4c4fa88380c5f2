"""The async client and its jobs. The sync ones, in the modules of the same names in `mailstore_sdk`, are generated from these."""
