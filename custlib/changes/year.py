"""The quarter against last year: the headline's figures, and which customers made the change."""
