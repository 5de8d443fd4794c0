-- The yardstick of openstax_events_by_type_day_book.sql: the same question to the raw Parquet files, with DuckDB 1.4.4.
--
-- Given: variable input, a folder that holds a folder per event type, as the S3 sink names them, and in these the days as
-- year=/month=/day=. The types are read one by one, as their columns differ: source_metadata is a map in created_highlight
-- and a record in created_highlight_2. Uuids are 16 bytes or text.
--
-- The book is what a highlight, a study guide or a nudge itself names, else the scope_id of source_metadata, as in the view.
--
-- Of the copies of an event the one stored first counts, as in the lake. count(DISTINCT ...) by day, which is what
-- researchers write, counts an event twice whose copies lie on both sides of midnight.
--
-- Not asked of DuckDB, though the lake has done it: bad files, times in seconds, uuids that are none.
--
-- Changing this file changes every ratio measured against it: a change needs its reason here.
-- 2026-11-21: first version; then parts of a date are cast, as 03 in a path is text to DuckDB.
SET TimeZone = 'UTC';
SET preserve_insertion_order = false;

WITH stored AS (
  SELECT
    'started_session' AS event_type,
    CAST(session_uuid AS UUID) AS id,
    CAST(NULL AS INTEGER) AS session_order,
    CAST(occurred_at AS DATE) AS occurred_date,
    CAST(NULL AS VARCHAR) AS book_id,
    make_date(CAST(year AS BIGINT), CAST(month AS BIGINT), CAST(day AS BIGINT)) AS stored_date,
    filename,
    file_row_number
  FROM read_parquet(
    getvariable('input') || '/started_session/**/*.parquet',
    union_by_name = true, hive_partitioning = true, filename = true, file_row_number = true)
  UNION ALL
  SELECT
    'interacted_element' AS event_type,
    CAST(session_uuid AS UUID) AS id,
    session_order AS session_order,
    CAST(occurred_at AS DATE) AS occurred_date,
    CAST(CAST(source_metadata['scope_id'] AS UUID) AS VARCHAR) AS book_id,
    make_date(CAST(year AS BIGINT), CAST(month AS BIGINT), CAST(day AS BIGINT)) AS stored_date,
    filename,
    file_row_number
  FROM read_parquet(
    getvariable('input') || '/interacted_element/**/*.parquet',
    union_by_name = true, hive_partitioning = true, filename = true, file_row_number = true)
  UNION ALL
  SELECT
    'changed_state' AS event_type,
    CAST(session_uuid AS UUID) AS id,
    session_order AS session_order,
    CAST(occurred_at AS DATE) AS occurred_date,
    CAST(CAST(source_metadata['scope_id'] AS UUID) AS VARCHAR) AS book_id,
    make_date(CAST(year AS BIGINT), CAST(month AS BIGINT), CAST(day AS BIGINT)) AS stored_date,
    filename,
    file_row_number
  FROM read_parquet(
    getvariable('input') || '/changed_state/**/*.parquet',
    union_by_name = true, hive_partitioning = true, filename = true, file_row_number = true)
  UNION ALL
  SELECT
    'created_highlight' AS event_type,
    CAST(session_uuid AS UUID) AS id,
    session_order AS session_order,
    CAST(occurred_at AS DATE) AS occurred_date,
    CAST(scope_id AS VARCHAR) AS book_id,
    make_date(CAST(year AS BIGINT), CAST(month AS BIGINT), CAST(day AS BIGINT)) AS stored_date,
    filename,
    file_row_number
  FROM read_parquet(
    getvariable('input') || '/created_highlight/**/*.parquet',
    union_by_name = true, hive_partitioning = true, filename = true, file_row_number = true)
  UNION ALL
  SELECT
    'created_highlight' AS event_type,
    CAST(session_uuid AS UUID) AS id,
    session_order AS session_order,
    CAST(occurred_at AS DATE) AS occurred_date,
    CAST(CAST(source_metadata['scope_id'] AS UUID) AS VARCHAR) AS book_id,
    make_date(CAST(year AS BIGINT), CAST(month AS BIGINT), CAST(day AS BIGINT)) AS stored_date,
    filename,
    file_row_number
  FROM read_parquet(
    getvariable('input') || '/created_highlight_2/**/*.parquet',
    union_by_name = true, hive_partitioning = true, filename = true, file_row_number = true)
  UNION ALL
  SELECT
    'accessed_study_guide' AS event_type,
    CAST(session_uuid AS UUID) AS id,
    session_order AS session_order,
    CAST(occurred_at AS DATE) AS occurred_date,
    CAST(book_id AS VARCHAR) AS book_id,
    make_date(CAST(year AS BIGINT), CAST(month AS BIGINT), CAST(day AS BIGINT)) AS stored_date,
    filename,
    file_row_number
  FROM read_parquet(
    getvariable('input') || '/accessed_studyguide/**/*.parquet',
    union_by_name = true, hive_partitioning = true, filename = true, file_row_number = true)
  UNION ALL
  SELECT
    'nudged' AS event_type,
    CAST(session_uuid AS UUID) AS id,
    session_order AS session_order,
    CAST(occurred_at AS DATE) AS occurred_date,
    CASE WHEN app = 'rex' THEN CAST(context AS VARCHAR) END AS book_id,
    make_date(CAST(year AS BIGINT), CAST(month AS BIGINT), CAST(day AS BIGINT)) AS stored_date,
    filename,
    file_row_number
  FROM read_parquet(
    getvariable('input') || '/nudged/**/*.parquet',
    union_by_name = true, hive_partitioning = true, filename = true, file_row_number = true)
  UNION ALL
  SELECT
    'xapi_statement' AS event_type,
    CAST(id AS UUID) AS id,
    CAST(NULL AS INTEGER) AS session_order,
    CAST(CAST("timestamp" AS TIMESTAMPTZ) AS DATE) AS occurred_date,
    CAST(NULL AS VARCHAR) AS book_id,
    make_date(CAST(year AS BIGINT), CAST(month AS BIGINT), CAST(day AS BIGINT)) AS stored_date,
    filename,
    file_row_number
  FROM read_parquet(
    getvariable('input') || '/xapi_statement/**/*.parquet',
    union_by_name = true, hive_partitioning = true, filename = true, file_row_number = true)
),
event AS (
  SELECT
    event_type,
    arg_min(
      {'occurred_date': occurred_date, 'book_id': book_id},
      {'stored_date': stored_date, 'filename': filename, 'row': file_row_number}) AS shown
  FROM stored
  GROUP BY event_type, id, session_order
)
SELECT
  event_type,
  shown.occurred_date,
  shown.book_id,
  count(*) AS events
FROM event
GROUP BY ALL
ORDER BY ALL;
