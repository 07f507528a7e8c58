"""Pages and forms of key accounts, for the customer and for our own people, and what comes back of them."""
