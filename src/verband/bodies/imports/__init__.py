"""Files of members, inhabitants, offices and seats: read, compared with the register, taken in."""
