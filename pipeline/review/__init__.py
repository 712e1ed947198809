"""Review: what is doubtful in the stored reports, worst first, with a picture of the place, for a person to decide."""

from pipeline.review.doubts import Doubt, doubts, place_of
from pipeline.review.lines import fill_in
from pipeline.review.pictures import picture, pictures_of, write_pictures

__all__ = ["Doubt", "doubts", "fill_in", "picture", "pictures_of", "place_of", "write_pictures"]
