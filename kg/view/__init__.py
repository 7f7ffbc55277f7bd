"""Pages to look at: the graph, the reports beside their facts, figures, projects, places, and a page for every thing."""





