"""What teachers read in the results, all in one place; what students read is in the words of their language."""

from __future__ import annotations


def counted(number: int, one: str, several: str) -> str:
    """A number and what it counts: 1 student, 2 students."""
    return f"{number} {one if number == 1 else several}"


REPORT = {
    "title": "Item report: {title}",
    "nobody": "Nobody has handed in an answer that can be graded.",
    "few": "With fewer than 30 students every figure here is a rough one: take the flags as questions, not as findings.",
    "too-few": "With fewer than 10 students nothing is asked below that compares strong students with weak ones.",
    "left-out": "Left out until they are marked: {ids}.",
    "test": "The test as a whole",
    "distribution": "Totals",
    "distribution-read": "How many students have a total of so many per cent.",
    "map": "Easy and hard, telling and not",
    "map-read": "Each dot is a question. To the right: easier. Higher up: the better it tells strong students from weak ones. Well below the line it works backwards.",
    "flags": "Look at these",
    "no-flags": "No question stands out.",
    "questions": "Questions",
    "chosen": "What was answered, in per cent of each third by total",
    "answer": "Answer",
    "key": "key",
    "others": "all other answers (different ones: {count})",
    "all": "All",
    "top": "Top third",
    "middle": "Middle third",
    "bottom": "Bottom third",
    "formulas": "What the figures are",
    "not-there": "–",
}

TEST_FIGURES = {  # figure -> name, what it says
    "students": ("Students", "whose hand-in counts"),
    "questions": ("Questions", "that are worth points and are marked"),
    "mean": ("Mean total", "in points"),
    "median": ("Median total", "in points"),
    "deviation": ("Standard deviation", "of the totals, in points"),
    "alpha": ("Cronbach's alpha", "how far the questions measure one thing: k/(k-1) (1 - sum of the questions' variances / variance of the total); Cronbach 1951. "
              "It is KR-20 (Kuder and Richardson 1937) where every answer earns all or nothing"),
    "alpha_error": ("Standard error of alpha", "Duhachek and Iacobucci 2004; alpha plus or minus two of it is what another class like this one might show"),
    "measurement_error": ("Standard error of measurement", "SD of the total times the root of 1 - alpha, in points; a total is no more exact than this (Lord and Novick 1968)"),
}

ITEM_FIGURES = {  # figure -> name, what it says
    "facility": ("Facility", "mean points over the points there are (difficulty, p); Moodle's facility index is the same in per cent"),
    "deviation": ("SD", "standard deviation of the points"),
    "item_rest": ("Corrected item-total r", "correlation of the points with the total of all other questions (Henrysson 1963); Moodle's discrimination index is the same in per cent"),
    "upper_lower": ("Upper less lower 27 %", "facility among the best 27 % by total, less that among the weakest 27 % (Kelley 1939); equal totals at a border are shared"),
    "efficiency": ("Discriminative efficiency", "covariance with the rest over the largest that these points allow (MoodleDocs, Quiz statistics calculations)"),
    "unanswered": ("No answer", "share of the students"),
    "seconds": ("Median time", "in seconds, of those whose page counted them"),
}

FLAGS = {
    "backwards": "Weak students do better here than strong ones (r = {r}): is the key right, or does the question trick those who know more?",
    "backwards-open": "Weak students do better here than strong ones (r = {r}): do the criteria, and how they were marked, reward what they should?",
    "wrong-key": "The strong students chose “{option}” ({percent} %) more often than the key: is the key right?",
    "strong-distractor": "“{option}” draws the strong more than the weak ({top} % and {bottom} %): what do they see in it?",
    "weak": "The question hardly tells strong students from weak ones (r = {r}).",
    "too-hard": "Harder than guessing: {percent} % of the points were earned, and a guess earns {guess} %.",
    "hard": "Hard: {percent} % of the points were earned. Was it taught?",
    "easy": "Nearly everybody has it ({percent} %): good for courage, useless for telling students apart.",
    "unused": "Hardly anybody chose “{option}”: as a wrong answer it does no work.",
    "skipped": "{percent} % gave no answer: was it understood, was there time?",
    "slow": "It took a median of {seconds} s, {times} times as long as the questions on average.",
}

GRADEBOOK = {"number": "number", "name": "name", "total": "total", "out_of": "out of", "percent": "percent", "late": "late", "attempts": "attempts",
             "waiting": "to be marked", "file": "file"}
