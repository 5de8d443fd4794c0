-- The yardstick of the ingest of edX tracking logs: what DuckDB 1.4.4 needs to turn the same log into the same columns.
--
-- Given: variables input (one log whose every line is a JSON object) and output (an empty folder), and the session's
-- threads. Written: every column of events.edx_tracking_log but extra, typed, with the SHA-256 of the line as id; zstd
-- Parquet, one file per UTC day. Not asked of DuckDB, though Lyceum does it: finding duplicates, verdicts and accounts,
-- bad lines, extra, canonical ids, an atomic commit.
--
-- The lines are read as text and then parsed, for the id needs the line as it stands. Of the ways to get both, this is
-- the fastest: read_ndjson_objects in place of read_csv took a third longer, read_json with typed columns beside the
-- lines (POSITIONAL JOIN) two thirds. TRY in place of json_valid, and one split for org, course and run, changed nothing.
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
        "accept_language": "VARCHAR", "agent": "VARCHAR", "context": "JSON", "event": "JSON", "event_source": "VARCHAR",
        "event_type": "VARCHAR", "host": "VARCHAR", "ip": "VARCHAR", "name": "VARCHAR", "page": "VARCHAR",
        "referer": "VARCHAR", "session": "VARCHAR", "time": "VARCHAR", "timestamp": "VARCHAR",
        "originalTimestamp": "VARCHAR", "username": "VARCHAR"}') AS e
    FROM lines
  ),
  contexts AS (
    SELECT
      line,
      e,
      from_json(e.context, '{
        "user_id": "BIGINT", "username": "VARCHAR", "session": "VARCHAR", "course_id": "VARCHAR", "org_id": "VARCHAR",
        "path": "VARCHAR", "enterprise_uuid": "VARCHAR",
        "module": {"display_name": "VARCHAR", "usage_key": "VARCHAR", "original_usage_key": "VARCHAR",
          "original_usage_version": "VARCHAR"},
        "application": {"name": "VARCHAR", "version": "VARCHAR"}, "component": "VARCHAR",
        "received_at": "VARCHAR"}') AS c,
      CASE WHEN starts_with(e.event, '"') THEN e.event ->> '$' ELSE e.event::VARCHAR END AS payload
    FROM parsed
  ),
  payloads AS (
    SELECT
      *,
      CASE WHEN starts_with(payload, '{') AND json_valid(payload) THEN
        from_json(payload, '{
          "id": "VARCHAR", "code": "VARCHAR", "currentTime": "DOUBLE", "current_time": "DOUBLE", "old_time": "DOUBLE",
          "new_time": "DOUBLE", "old_speed": "DOUBLE", "new_speed": "DOUBLE", "duration": "DOUBLE", "type": "VARCHAR",
          "requested_skip_interval": "DOUBLE", "problem_id": "VARCHAR", "problem": "VARCHAR", "success": "VARCHAR",
          "grade": "DOUBLE", "max_grade": "DOUBLE", "attempts": "BIGINT", "target_url": "VARCHAR",
          "target_name": "VARCHAR", "current_url": "VARCHAR", "old": "BIGINT", "new": "BIGINT", "mode": "VARCHAR",
          "user_id": "BIGINT", "course_id": "VARCHAR"}')
      END AS p
    FROM contexts
  ),
  events AS (
    SELECT
      *,
      TRY_CAST(coalesce(e.time, e.timestamp, e.originalTimestamp) AS TIMESTAMPTZ) AS occurred_at,
      coalesce(
        nullif(trim(c.course_id, E' \n'), ''),
        nullif(regexp_extract(
          coalesce(c.path, e.event_type, e.page), '/courses/([^/+]+(?:/[^/]+/|\+[^/+]+\+)[^/?]+)', 1), '')) AS course_id
    FROM payloads
  )
  SELECT
    sha256(line) AS event_id,
    occurred_at,
    'default' AS feed,
    'delivery' AS delivery,
    'position' AS position,
    'run' AS run_id,
    CASE WHEN e.time IS NULL AND e.event IS NULL AND e.timestamp IS NOT NULL THEN 'data' ELSE 'tracking' END AS envelope,
    coalesce(nullif(e.name, ''), nullif(e.event_type, '')) AS event_name,
    course_id,
    split_part(replace(split_part(course_id, ':', -1), '+', '/'), '/', 1) AS org,
    split_part(replace(split_part(course_id, ':', -1), '+', '/'), '/', 2) AS course,
    split_part(replace(split_part(course_id, ':', -1), '+', '/'), '/', 3) AS run,
    nullif(e.accept_language, '') AS accept_language,
    nullif(e.agent, '') AS agent,
    e.context::VARCHAR AS context,
    CASE WHEN p IS NOT NULL THEN payload ELSE e.event::VARCHAR END AS event,
    CASE
      WHEN e.event IS NULL THEN 'absent'
      WHEN starts_with(e.event, '"') THEN CASE WHEN p IS NOT NULL THEN 'string_object' ELSE 'text' END
      ELSE lower(json_type(e.event))
    END AS event_shape,
    coalesce(starts_with(e.event, '"') AND p IS NULL AND length(payload) = 512, false) AS is_event_truncated,
    nullif(e.event_source, '') AS event_source,
    nullif(e.event_type, '') AS event_type,
    nullif(e.host, '') AS host,
    nullif(e.ip, '') AS ip,
    nullif(e.name, '') AS name,
    nullif(e.page, '') AS page,
    nullif(e.referer, '') AS referer,
    nullif(e.session, '') AS session,
    e.time AS time,
    nullif(trim(e.username, E' \n'), '') AS username,
    c.user_id AS context_user_id,
    nullif(c.username, '') AS context_username,
    nullif(c.session, '') AS context_session,
    nullif(trim(c.course_id, E' \n'), '') AS context_course_id,
    nullif(c.org_id, '') AS context_org_id,
    nullif(c.path, '') AS context_path,
    nullif(c.enterprise_uuid, '') AS context_enterprise_uuid,
    nullif(c.module.display_name, '') AS context_module_display_name,
    nullif(c.module.usage_key, '') AS context_module_usage_key,
    nullif(c.module.original_usage_key, '') AS context_module_original_usage_key,
    nullif(c.module.original_usage_version, '') AS context_module_original_usage_version,
    nullif(c.application.name, '') AS context_application_name,
    nullif(c.application.version, '') AS context_application_version,
    nullif(c.component, '') AS context_component,
    nullif(c.received_at, '') AS context_received_at,
    nullif(trim(p.id, E' \n'), '') AS edx_event_id,
    nullif(p.code, '') AS event_code,
    coalesce(p.currentTime, p.current_time) AS event_current_time,
    p.old_time AS event_old_time,
    p.new_time AS event_new_time,
    p.old_speed AS event_old_speed,
    p.new_speed AS event_new_speed,
    p.duration AS event_duration,
    nullif(p.type, '') AS event_seek_type,
    p.requested_skip_interval AS event_requested_skip_interval,
    nullif(trim(coalesce(p.problem_id, p.problem), E' \n'), '') AS event_problem_id,
    nullif(p.success, '') AS event_success,
    p.grade AS event_grade,
    p.max_grade AS event_max_grade,
    p.attempts AS event_attempts,
    nullif(p.target_url, '') AS event_target_url,
    nullif(p.target_name, '') AS event_target_name,
    nullif(p.current_url, '') AS event_current_url,
    p.old AS event_old,
    p.new AS event_new,
    nullif(p.mode, '') AS event_mode,
    p.user_id AS event_user_id,
    nullif(trim(p.course_id, E' \n'), '') AS event_course_id,
    occurred_at::DATE AS day
  FROM events
) TO (getvariable('output')) (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day));
