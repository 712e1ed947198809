"""What people call things: agencies, indicators, figures of the prose, rules, cells. An unknown name is answered with near ones."""
