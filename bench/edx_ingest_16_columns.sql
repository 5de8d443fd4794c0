-- The yardstick of the ingest of edX tracking logs with sixteen columns, the most used; else as edx_ingest.sql:
-- event_id, occurred_at, event_name, event_source, event_type, username, context_user_id, course_id (as the context gives
-- it), session, ip, agent, page, host, event, time, name.
--
-- Changing this file changes every ratio measured against it: a change needs its reason here.
-- 2026-11-21: first version.
SET TimeZone = 'UTC';
SET preserve_insertion_order = false;
SET partitioned_write_max_open_files = 1000;

COPY (
  WITH lines AS (
    SELECT line
    FROM read_csv(
      getvariable('input'), columns = {'line': 'VARCHAR'}, delim = '', quote = '', escape = '', header = false,
      auto_detect = false, new_line = '\n', max_line_size = 33554432)
  ),
  parsed AS (
    SELECT
      line,
      from_json(line, '{
        "agent": "VARCHAR", "context": {"user_id": "BIGINT", "course_id": "VARCHAR"}, "event": "JSON",
        "event_source": "VARCHAR", "event_type": "VARCHAR", "host": "VARCHAR", "ip": "VARCHAR", "name": "VARCHAR",
        "page": "VARCHAR", "session": "VARCHAR", "time": "VARCHAR", "timestamp": "VARCHAR",
        "originalTimestamp": "VARCHAR", "username": "VARCHAR"}') AS e
    FROM lines
  ),
  payloads AS (
    SELECT
      *,
      TRY_CAST(coalesce(e.time, e.timestamp, e.originalTimestamp) AS TIMESTAMPTZ) AS occurred_at,
      CASE WHEN starts_with(e.event, '"') THEN e.event ->> '$' ELSE e.event::VARCHAR END AS payload
    FROM parsed
  )
  SELECT
    sha256(line) AS event_id,
    occurred_at,
    coalesce(nullif(e.name, ''), nullif(e.event_type, '')) AS event_name,
    nullif(e.event_source, '') AS event_source,
    nullif(e.event_type, '') AS event_type,
    nullif(trim(e.username, E' \n'), '') AS username,
    e.context.user_id AS context_user_id,
    nullif(trim(e.context.course_id, E' \n'), '') AS course_id,
    nullif(e.session, '') AS session,
    nullif(e.ip, '') AS ip,
    nullif(e.agent, '') AS agent,
    nullif(e.page, '') AS page,
    nullif(e.host, '') AS host,
    CASE WHEN starts_with(payload, '{') AND json_valid(payload) THEN payload ELSE e.event::VARCHAR END AS event,
    e.time AS time,
    nullif(e.name, '') AS name,
    occurred_at::DATE AS day
  FROM payloads
) TO (getvariable('output')) (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day));
