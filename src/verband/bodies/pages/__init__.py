"""What the pages about bodies, their seats and their people may see."""
