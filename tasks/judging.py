"""Less of Great Expectations' own work: what it makes again and again is made once for each suite that it judges.

The framework takes most of its time before it looks at any value, the same for two rows as for a thousand. Nothing here
changes an outcome: without `made_once` it does all as it was written.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from typing import Any

#: While a suite is judged: what was made, by what it was made of; and that itself, so that nothing else gets its
#: identity meanwhile.
_MADE: ContextVar[dict[Hashable, tuple[Any, Any]] | None] = ContextVar("_MADE", default=None)


@contextlib.contextmanager
def made_once() -> Iterator[None]:
    """In the block, that judges one suite, nothing is made twice: what it is made of may not change meanwhile."""
    token = _MADE.set({})
    try:
        yield
    finally:
        _MADE.reset(token)


def judge_faster() -> None:
    """Change the framework, once it is imported."""
    _remember_configurations()
    _remember_arguments()
    _remember_dependencies()
    _take_plain_values_as_they_are()
    _take_no_fingerprints()


def _remember_configurations() -> None:
    """Let expectations remember their configuration, and configurations their expectation: each the other's.

    The framework makes them anew wherever it looks at one, a thousand times for a table of two rows: half of the time
    in which it judges them.
    """
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    def remembered(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def remembering(one: Any) -> Any:
            known = _MADE.get()
            if known is None:
                return make(one)
            if id(one) not in known:
                made = make(one)
                known[id(one)] = (one, made)
                known.setdefault(id(made), (made, one))
            return known[id(one)][1]

        return remembering

    configuration = remembered(vars(Expectation)["configuration"].fget)
    Expectation.configuration = property(configuration)  # type: ignore[assignment, method-assign]
    expectation = remembered(ExpectationConfiguration.to_domain_obj)
    ExpectationConfiguration.to_domain_obj = expectation  # type: ignore[assignment, method-assign]


def _remember_arguments() -> None:
    """Let an expectation put its arguments together once, and not for each metric that it needs."""
    from great_expectations.expectations.expectation import Expectation

    make = Expectation._get_runtime_kwargs

    def made(one: Any, runtime_configuration: dict[str, Any] | None = None) -> dict[str, Any]:
        known = _MADE.get()
        if known is None:
            return make(one, runtime_configuration)
        key = (id(one), id(runtime_configuration))
        if key not in known:
            known[key] = ((one, runtime_configuration), make(one, runtime_configuration))
        arguments: dict[str, Any] = known[key][1]
        return {**arguments, "result_format": {**arguments["result_format"]}}  # its callers add to it

    Expectation._get_runtime_kwargs = made  # type: ignore[assignment, method-assign]


def _remember_dependencies() -> None:
    """Let the framework find out once what a metric needs: the same few are behind all expectations of a column."""
    from great_expectations.validator.validation_graph import ValidationGraph

    build = ValidationGraph.build_metric_dependency_graph

    def built(graph: Any, metric_configuration: Any, runtime_configuration: dict[str, Any] | None = None) -> None:
        known = _MADE.get()
        if known is None:
            build(graph, metric_configuration, runtime_configuration)
            return
        key = metric_configuration.id
        if key in known:
            first, edges = known[key]
            graph.set_metric_configuration_default_kwargs_if_absent(metric_configuration)
            metric_configuration.metric_dependencies = first.metric_dependencies
        else:
            own = ValidationGraph(graph._execution_engine)
            build(own, metric_configuration, runtime_configuration)
            edges = own.edges
            known[key] = (metric_configuration, edges)
        for edge in edges:
            graph.add(edge)

    ValidationGraph.build_metric_dependency_graph = built  # type: ignore[assignment, method-assign]


#: Types whose values JSON has as they are.
_PLAIN = frozenset({str, bool, int, type(None)})


def _take_plain_values_as_they_are() -> None:
    """Let the framework make identities of metrics of plain values at once.

    It asks of each value whether it is of one of thirty types: a sixth of the time in which it judges a few rows.
    """
    from great_expectations.core import id_dict
    from great_expectations.util import convert_to_json_serializable

    def converted(data: dict[str, Any]) -> Any:
        plain = all(type(value) in _PLAIN for value in data.values())
        return data if plain else convert_to_json_serializable(data)

    id_dict.convert_to_json_serializable = converted  # type: ignore[assignment,attr-defined]


def _take_no_fingerprints() -> None:
    """Let the framework hash no frame: it would, three times a suite, for a mark that nobody reads."""
    from great_expectations.execution_engine import pandas_execution_engine

    pandas_execution_engine.hash_pandas_dataframe = lambda _frame: ""
