WITH entry AS (
  SELECT
    source,
    feed,
    delivery,
    path,
    status,
    grown_into,
    code,
    message,
    run_id,
    sequence,
    row_number() OVER (
      PARTITION BY source, feed, delivery
      ORDER BY sequence DESC, CASE WHEN scope IS NULL THEN 1 ELSE 0 END, path
    ) AS place_from_last
  FROM ops.delivery
),
reading AS (
  SELECT
    source,
    feed,
    delivery,
    bytes,
    read,
    parsed,
    skipped,
    failed,
    first_occurred_at,
    last_occurred_at,
    -- A log or a storage day is read whole, so its last reading replaces the ones before; a run of a stream reads a part, a harvest too.
    scope NOT IN ('file', 'day') AS is_part,
    row_number() OVER (
      PARTITION BY source, feed, delivery
      ORDER BY sequence DESC, path
    ) AS place_from_last
  FROM ops.delivery
  WHERE scope IS NOT NULL
),
reading_that_counts AS (
  SELECT
    source,
    feed,
    delivery,
    sum(bytes) AS bytes,
    sum(read) AS read,
    sum(parsed) AS parsed,
    sum(skipped) AS skipped,
    sum(failed) AS failed,
    min(first_occurred_at) AS first_occurred_at,
    max(last_occurred_at) AS last_occurred_at
  FROM reading
  WHERE is_part
    OR place_from_last = 1
  GROUP BY source, feed, delivery
),
rows_of_delivery AS (
  SELECT
    source,
    feed,
    delivery,
    sum(
      reduce(
        map_values(map_filter(rows_written, (table_name, row_count) -> table_name <> 'failed_record')),
        BIGINT '0', (total, row_count) -> total + row_count, total -> total)
      - reduce(
        map_values(map_filter(rows_taken, (table_name, row_count) -> table_name <> 'failed_record')),
        BIGINT '0', (total, row_count) -> total + row_count, total -> total)) AS rows_in_lake
  FROM ops.delivery
  GROUP BY source, feed, delivery
),
hidden AS (
  SELECT
    feed,
    delivery,
    count(*) AS hidden_copies,
    count_if(is_far) AS far_copies
  FROM ops.duplicate
  GROUP BY feed, delivery
),
path_taken_in AS (
  SELECT
    source,
    feed,
    path,
    max(sequence) AS sequence
  FROM ops.delivery
  WHERE status IN ('complete', 'open')
    AND path IS NOT NULL
  GROUP BY source, feed, path
)
SELECT
  entry.source,
  entry.feed,
  entry.delivery,
  entry.status,
  entry.status IN ('complete', 'open') AND reading.delivery IS NOT NULL AS is_in_lake,
  entry.path,
  coalesce(reading.bytes, 0) AS bytes,
  coalesce(reading.read, 0) AS records_read,
  coalesce(reading.parsed, 0) AS records_parsed,
  coalesce(reading.skipped, 0) AS records_skipped,
  coalesce(reading.failed, 0) AS records_failed,
  rows_of_delivery.rows_in_lake,
  coalesce(hidden.hidden_copies, 0) AS hidden_copies,
  coalesce(hidden.far_copies, 0) AS far_copies,
  reading.first_occurred_at,
  reading.last_occurred_at,
  entry.grown_into,
  entry.code,
  entry.message,
  entry.run_id,
  entry.sequence
FROM entry
JOIN rows_of_delivery
  ON rows_of_delivery.source = entry.source
  AND rows_of_delivery.feed = entry.feed
  AND rows_of_delivery.delivery = entry.delivery
LEFT JOIN reading_that_counts AS reading
  ON reading.source = entry.source
  AND reading.feed = entry.feed
  AND reading.delivery = entry.delivery
LEFT JOIN hidden
  ON hidden.feed = entry.feed
  AND hidden.delivery = entry.delivery
LEFT JOIN path_taken_in
  ON path_taken_in.source = entry.source
  AND path_taken_in.feed = entry.feed
  AND path_taken_in.path = entry.path
WHERE entry.place_from_last = 1
  AND NOT (entry.status = 'failed' AND coalesce(path_taken_in.sequence, -1) > entry.sequence)
