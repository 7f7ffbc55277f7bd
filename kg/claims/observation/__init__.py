"""From figures in their clauses to observations: what each measures, how, when and of whom."""
