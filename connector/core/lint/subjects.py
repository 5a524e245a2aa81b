"""What a rule looks at: a key result or an objective in its surroundings."""

from dataclasses import dataclass
from functools import cached_property

from connector.core.cycle import Cycle
from connector.core.lint.criteria import is_criterion
from connector.core.lint.sentence import Sentence
from connector.core.okr import KeyResult, Metric, MetricKind, Objective, OkrPage, Person


@dataclass(frozen=True)
class KeyResultIn:
    """A key result within its objective, its page and its cycle (None: nobody knows it)."""

    key_result: KeyResult
    objective: Objective
    page: OkrPage
    cycle: Cycle | None

    @cached_property
    def sentence(self) -> Sentence:
        return Sentence.of(self.key_result.title)

    @cached_property
    def method(self) -> Sentence:
        return Sentence.of(self.key_result.measure_method)

    @property
    def owners(self) -> tuple[Person, ...]:
        return self.key_result.owners or self.objective.owners or self.page.owners

    @property
    def metric(self) -> Metric | None:
        """That of the columns, else that of the sentence."""
        said = self.sentence.statement
        return self.key_result.metric or (said.metric if said else None)

    @cached_property
    def has_number(self) -> bool:
        """In the sentence, or in the columns beside it."""
        return self.sentence.measured or self.has_column_target

    @property
    def has_column_target(self) -> bool:
        """Beside the sentence; what is read from the sentence itself is no second word for it."""
        metric, said = self.key_result.metric, self.sentence.statement
        repeated = said is not None and said.metric == metric
        return metric is not None and metric.target is not None and not repeated

    @cached_property
    def has_criterion(self) -> bool:
        """Something that is met or not, said in the sentence or beside it."""
        return self.has_written_criterion or is_criterion(self.sentence)

    @cached_property
    def has_written_criterion(self) -> bool:
        """Beside the sentence: milestones, yes or no, or a rubric."""
        metric = self.key_result.metric
        if metric and metric.kind in {MetricKind.MILESTONES, MetricKind.BINARY}:
            return True
        said = bool(self.key_result.measure_method)
        return said and (self.method.measured or is_criterion(self.method))


@dataclass(frozen=True)
class ObjectiveIn:
    """An objective within its page and its cycle."""

    objective: Objective
    page: OkrPage
    cycle: Cycle | None

    @cached_property
    def sentence(self) -> Sentence:
        return Sentence.of(self.objective.title)

    @property
    def owners(self) -> tuple[Person, ...]:
        return self.objective.owners or self.page.owners
