"""Mail about what members are asked: promised in the record, made from it, and handed over."""
