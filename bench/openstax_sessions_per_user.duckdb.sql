-- The yardstick of openstax_sessions_per_user.sql: the same question to the raw Parquet files, with DuckDB 1.4.4.
--
-- Given: variable input, as in openstax_events_by_type_day_book.duckdb.sql. Copies of an event do not matter here, as sessions are
-- counted once. The uuid that old data has for every anonymous reader is nobody, as in the lake. xAPI statements have no session.
--
-- Changing this file changes every ratio measured against it: a change needs its reason here.
-- 2026-11-21: first version.
SET TimeZone = 'UTC';
SET preserve_insertion_order = false;

WITH stored AS (
  SELECT
    CAST(user_uuid AS UUID) AS user_uuid,
    CAST(session_uuid AS UUID) AS session_uuid
  FROM read_parquet(
    getvariable('input') || '/started_session/**/*.parquet', union_by_name = true, hive_partitioning = true)
  UNION ALL
  SELECT
    CAST(user_uuid AS UUID) AS user_uuid,
    CAST(session_uuid AS UUID) AS session_uuid
  FROM read_parquet(
    getvariable('input') || '/interacted_element/**/*.parquet', union_by_name = true, hive_partitioning = true)
  UNION ALL
  SELECT
    CAST(user_uuid AS UUID) AS user_uuid,
    CAST(session_uuid AS UUID) AS session_uuid
  FROM read_parquet(
    getvariable('input') || '/changed_state/**/*.parquet', union_by_name = true, hive_partitioning = true)
  UNION ALL
  SELECT
    CAST(user_uuid AS UUID) AS user_uuid,
    CAST(session_uuid AS UUID) AS session_uuid
  FROM read_parquet(
    getvariable('input') || '/created_highlight/**/*.parquet', union_by_name = true, hive_partitioning = true)
  UNION ALL
  SELECT
    CAST(user_uuid AS UUID) AS user_uuid,
    CAST(session_uuid AS UUID) AS session_uuid
  FROM read_parquet(
    getvariable('input') || '/created_highlight_2/**/*.parquet', union_by_name = true, hive_partitioning = true)
  UNION ALL
  SELECT
    CAST(user_uuid AS UUID) AS user_uuid,
    CAST(session_uuid AS UUID) AS session_uuid
  FROM read_parquet(
    getvariable('input') || '/accessed_studyguide/**/*.parquet', union_by_name = true, hive_partitioning = true)
  UNION ALL
  SELECT
    CAST(user_uuid AS UUID) AS user_uuid,
    CAST(session_uuid AS UUID) AS session_uuid
  FROM read_parquet(
    getvariable('input') || '/nudged/**/*.parquet', union_by_name = true, hive_partitioning = true)
)
SELECT
  user_uuid,
  count(DISTINCT session_uuid) AS sessions
FROM stored
WHERE user_uuid IS NOT NULL
  AND user_uuid <> CAST('7c56ebf5-a850-44b1-a5e5-8e3866f6a248' AS UUID)
GROUP BY user_uuid
ORDER BY user_uuid;
