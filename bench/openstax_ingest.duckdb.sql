-- The yardstick of the ingest of stored OpenStax events: what DuckDB 1.4.4 needs to put the same small files into large ones.
--
-- Given: variables input, a folder that holds a folder per event type, and output, an empty folder. Written: every column as
-- it is, with year, month and day of the path; zstd Parquet, one file per folder, as a column need not have one type in all
-- (source_metadata is a map in created_highlight and a record in created_highlight_2, so that one file for all fails).
-- Not asked of DuckDB, though Lyceum does it: one table, typed uuids, keys, finding copies, verdicts and accounts, bad files,
-- an atomic commit, a second run that skips what is unchanged.
--
-- Changing this file changes every ratio measured against it: a change needs its reason here.
-- 2026-11-21: first version.
SET TimeZone = 'UTC';
SET preserve_insertion_order = false;

COPY (
  SELECT * FROM read_parquet(getvariable('input') || '/started_session/**/*.parquet', union_by_name = true, hive_partitioning = true)
) TO (getvariable('output') || '/started_session.parquet') (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT * FROM read_parquet(getvariable('input') || '/interacted_element/**/*.parquet', union_by_name = true, hive_partitioning = true)
) TO (getvariable('output') || '/interacted_element.parquet') (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT * FROM read_parquet(getvariable('input') || '/changed_state/**/*.parquet', union_by_name = true, hive_partitioning = true)
) TO (getvariable('output') || '/changed_state.parquet') (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT * FROM read_parquet(getvariable('input') || '/created_highlight/**/*.parquet', union_by_name = true, hive_partitioning = true)
) TO (getvariable('output') || '/created_highlight.parquet') (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT * FROM read_parquet(getvariable('input') || '/created_highlight_2/**/*.parquet', union_by_name = true, hive_partitioning = true)
) TO (getvariable('output') || '/created_highlight_2.parquet') (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT * FROM read_parquet(getvariable('input') || '/accessed_studyguide/**/*.parquet', union_by_name = true, hive_partitioning = true)
) TO (getvariable('output') || '/accessed_studyguide.parquet') (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT * FROM read_parquet(getvariable('input') || '/nudged/**/*.parquet', union_by_name = true, hive_partitioning = true)
) TO (getvariable('output') || '/nudged.parquet') (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT * FROM read_parquet(getvariable('input') || '/xapi_statement/**/*.parquet', union_by_name = true, hive_partitioning = true)
) TO (getvariable('output') || '/xapi_statement.parquet') (FORMAT parquet, COMPRESSION zstd);
