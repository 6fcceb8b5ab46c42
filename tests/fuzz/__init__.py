"""What must hold of any bytes whatever: oracles that tests try and a fuzzer hunts with."""
