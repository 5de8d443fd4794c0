SELECT
  source,
  feed,
  delivery,
  stage,
  code,
  count(*) AS failed_records,
  min(position) AS first_position,
  min_by(message, position) AS message
FROM ops.failed_record
GROUP BY source, feed, delivery, stage, code
