"""Write the sample's bulk: three years of orders and the routine calls, mails and visits.

`plots.toml` says what happens to each account, `texts.toml` what routine touches say, and the
hand-written CSV files beside the output name the people. The same inputs give the same bytes:
one seed, no clock, whole numbers of cents.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable

from knowledge.sample.names import EXPORT, HERE, Row, read_names
from knowledge.sample.orders import ORDER_COLUMNS, order_rows
from knowledge.sample.touches import EVENT_COLUMNS, TASK_COLUMNS, touch_rows


def write(name: str, columns: Row, rows: Iterable[Row]) -> None:
    """Write one export file."""
    with (EXPORT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Write Order.csv, Task_routine.csv and Event_routine.csv."""
    settings = tomllib.loads((HERE / "plots.toml").read_text(encoding="utf-8"))
    names = read_names()
    tasks, events = touch_rows(settings, names)
    write("Order.csv", ORDER_COLUMNS, order_rows(settings, names))
    write("Task_routine.csv", TASK_COLUMNS, tasks)
    write("Event_routine.csv", EVENT_COLUMNS, events)


if __name__ == "__main__":
    main()
