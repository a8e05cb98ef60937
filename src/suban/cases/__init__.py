"""The approval engine (办件): what happens to an application, under which article, and by when."""
