WITH entry AS (
  SELECT
    source,
    feed,
    delivery,
    path,
    status,
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
    max(last_occurred_at) AS last_occurred_at
  FROM reading
  WHERE is_part
    OR place_from_last = 1
  GROUP BY source, feed, delivery
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
),
delivery_now AS (
  SELECT
    entry.source,
    entry.feed,
    entry.status IN ('complete', 'open') AND reading.delivery IS NOT NULL AS is_in_lake,
    entry.status = 'open' AS is_open,
    entry.status = 'failed' AND coalesce(path_taken_in.sequence, -1) <= entry.sequence AS is_left_out,
    reading.last_occurred_at
  FROM entry
  LEFT JOIN reading_that_counts AS reading
    ON reading.source = entry.source
    AND reading.feed = entry.feed
    AND reading.delivery = entry.delivery
  LEFT JOIN path_taken_in
    ON path_taken_in.source = entry.source
    AND path_taken_in.feed = entry.feed
    AND path_taken_in.path = entry.path
  WHERE entry.place_from_last = 1
),
feed_now AS (
  SELECT
    source,
    feed,
    max(CASE WHEN is_in_lake THEN last_occurred_at END) AS through_at,
    count_if(is_in_lake) AS deliveries_in,
    count_if(is_left_out) AS deliveries_left_out,
    count_if(is_open) AS deliveries_open
  FROM delivery_now
  GROUP BY source, feed
),
run_of_feed AS (
  SELECT
    entry.source,
    entry.feed,
    max(run.finished_at) AS last_run_finished_at,
    max(CASE WHEN entry.status = 'complete' AND entry.scope IS NOT NULL THEN run.finished_at END)
      AS last_delivery_complete_at
  FROM ops.delivery AS entry
  JOIN ops.run AS run
    ON run.run_id = entry.run_id
  GROUP BY entry.source, entry.feed
),
failure AS (
  SELECT
    source,
    feed,
    count(*) AS failed_records
  FROM ops.failed_record
  WHERE position <> ''
  GROUP BY source, feed
)
SELECT
  feed_now.source,
  feed_now.feed,
  run_of_feed.last_run_finished_at,
  run_of_feed.last_delivery_complete_at,
  feed_now.through_at,
  feed_now.deliveries_in,
  feed_now.deliveries_left_out,
  feed_now.deliveries_open,
  coalesce(failure.failed_records, 0) AS failed_records
FROM feed_now
LEFT JOIN run_of_feed
  ON run_of_feed.source = feed_now.source
  AND run_of_feed.feed = feed_now.feed
LEFT JOIN failure
  ON failure.source = feed_now.source
  AND failure.feed = feed_now.feed
