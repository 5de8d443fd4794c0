-- Events by type, UTC day and book, with Trino over the views: what a researcher asks first of a semester.
--
-- One row per type, day and book, NULL where an event names none; the yardstick openstax_events_by_type_day_book.duckdb.sql
-- answers the same over the raw Parquet files. Copies of an event are hidden in the lake, so rows are events.
SELECT
  event_type,
  occurred_date,
  book_id,
  count(*) AS events
FROM openstax.event
GROUP BY event_type, occurred_date, book_id
ORDER BY event_type, occurred_date, book_id
