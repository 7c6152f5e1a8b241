"""Commands of the kernel, one module each."""
