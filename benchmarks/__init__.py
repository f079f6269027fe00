"""What tuicrm costs: in key presses, milliseconds, bytes and megabytes. ``python -m benchmarks`` prints it all."""
