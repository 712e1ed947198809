"""What people call things: agencies, indicators, figures of the prose, cells. An unknown name is answered with near ones."""
