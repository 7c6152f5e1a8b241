"""What the templates of the site may see."""
