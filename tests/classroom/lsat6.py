"""LSAT-6: 1,000 examinees, five questions of section 6 of the Law School Admission Test, right (1) or wrong (0).

The 32 patterns of answers and how many examinees had each: R. D. Bock and M. Lieberman, Fitting a response model for n dichotomously
scored items, Psychometrika 35 (1970), 179-197; the same in the data sets `bock` of R's psych and `LSAT` of R's ltm.
"""

PATTERNS = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01010": 0, "01011": 16, "01100": 0, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80,
    "11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}

ROWS = [[float(answer) for answer in pattern] for pattern, count in PATTERNS.items() for _ in range(count)]
