"""Words in the reader's language, by symbolic key; numbers and dates in its manner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from connector.core.findings import Finding


@dataclass(frozen=True, slots=True)
class Words:
    """One language of the catalogue. `locale` is a BCP 47 tag: `en` or `zh-CN`."""

    locale: str
    messages: Mapping[str, str]

    def say(self, key: str, /, **facts: str) -> str:
        """The message with its facts filled in.

        Raises KeyError for a key the catalogue lacks: a test reads every key in the source.
        """
        return self.messages[key].format_map(facts)

    def message(self, finding: Finding) -> str:
        return self._said(finding, "message")

    def hint(self, finding: Finding) -> str:
        return self._said(finding, "hint")

    def _said(self, finding: Finding, part: str) -> str:
        """The words of the finding's case, where it has one and the catalogue tells them apart."""
        facts = dict(finding.facts)
        of_case = f"finding.{finding.rule}.{facts.get('case')}.{part}"
        key = of_case if of_case in self.messages else f"finding.{finding.rule}.{part}"
        return self.say(key, **facts)

    def number(self, value: Fraction, places: int = 2) -> str:
        """Rounded half up for showing only: `1,234.5` in en."""
        return format_decimal(
            rounded(value, places), locale=self._babel, decimal_quantization=False
        )

    def percent(self, ratio: Fraction) -> str:
        """A ratio 0..1 as a whole percentage; no space before the sign in either language."""
        return f"{rounded(ratio * 100, 0)}%"

    def day(self, value: date) -> str:
        return format_date(value, format="long", locale=self._babel)

    def moment(self, value: datetime) -> str:
        return format_datetime(value, format="medium", locale=self._babel)

    @property
    def _babel(self) -> str:
        return self.locale.replace("-", "_")


def rounded(value: Fraction, places: int) -> Decimal:
    """Half up, as people round; trailing zeros dropped.

    >>> rounded(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    scaled = value * 10**places
    whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (2 * scaled.denominator)
    signed = Decimal(whole if scaled >= 0 else -whole)
    quantum = Decimal(1).scaleb(-places)
    exact = (signed * quantum).quantize(quantum, rounding=ROUND_HALF_UP)
    return exact.normalize() if exact != exact.to_integral_value() else exact.to_integral_value()
