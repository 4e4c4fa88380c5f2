"""The hand-written runtime. Its modules without an underscore are what generated packages import."""
