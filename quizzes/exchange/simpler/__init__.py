"""What a question comes down to where a format has fewer kinds of question than there are types."""

from quizzes.exchange.simpler.picked import as_choices, as_pairs, as_years, shown
from quizzes.exchange.simpler.shapes import Choices, Form, Forms, Gap, Interval, Left, Option, Pairs
from quizzes.exchange.simpler.typed import as_forms, as_gaps, as_intervals

__all__ = ["Choices", "Form", "Forms", "Gap", "Interval", "Left", "Option", "Pairs", "as_choices", "as_forms", "as_gaps", "as_intervals", "as_pairs",
           "as_years", "shown"]
