WITH entry AS (
  SELECT
    run_id,
    status,
    scope,
    read,
    parsed,
    skipped,
    failed,
    reduce(
      map_values(map_filter(rows_written, (table_name, row_count) -> table_name <> 'failed_record')),
      BIGINT '0', (total, row_count) -> total + row_count, total -> total) AS rows_written,
    reduce(
      map_values(map_filter(rows_taken, (table_name, row_count) -> table_name <> 'failed_record')),
      BIGINT '0', (total, row_count) -> total + row_count, total -> total) AS rows_taken
  FROM ops.delivery
),
account AS (
  SELECT
    run_id,
    count_if(scope IS NOT NULL AND status IN ('complete', 'open')) AS deliveries_in,
    count_if(status = 'failed') AS deliveries_left_out,
    count_if(status = 'grown') AS deliveries_grown,
    count_if(status = 'removed') AS deliveries_removed,
    sum(read) AS records_read,
    sum(parsed) AS records_parsed,
    sum(skipped) AS records_skipped,
    sum(failed) AS records_failed,
    sum(rows_written) AS rows_written,
    sum(rows_taken) AS rows_taken
  FROM entry
  GROUP BY run_id
),
hidden AS (
  SELECT
    run_id,
    count(*) AS hidden_copies
  FROM ops.duplicate
  GROUP BY run_id
)
SELECT
  run.run_id,
  run.pipeline,
  run.runner,
  run.status,
  run.started_at,
  run.finished_at,
  date_diff('millisecond', run.started_at, run.finished_at) / 1000.0E0 AS seconds,
  coalesce(account.deliveries_in, 0) AS deliveries_in,
  coalesce(account.deliveries_left_out, 0) AS deliveries_left_out,
  coalesce(account.deliveries_grown, 0) AS deliveries_grown,
  coalesce(account.deliveries_removed, 0) AS deliveries_removed,
  coalesce(account.records_read, 0) AS records_read,
  coalesce(account.records_parsed, 0) AS records_parsed,
  coalesce(account.records_skipped, 0) AS records_skipped,
  coalesce(account.records_failed, 0) AS records_failed,
  coalesce(account.rows_written, 0) AS rows_written,
  coalesce(account.rows_taken, 0) AS rows_taken,
  coalesce(hidden.hidden_copies, 0) AS hidden_copies,
  run.commits,
  run.code_version,
  run.reason
FROM ops.run AS run
LEFT JOIN account
  ON account.run_id = run.run_id
LEFT JOIN hidden
  ON hidden.run_id = run.run_id
