WITH enrollment AS (
  SELECT
    coalesce(event_course_id, course_id) AS course_id,
    coalesce(event_course_id = course_id, event_course_id IS NULL) AS is_resolved_course,
    coalesce(event_mode, json_extract_scalar(context, '$.mode')) AS mode,
    event_user_id,
    event_name,
    event_source,
    username,
    context_user_id,
    session,
    event_id,
    occurred_at,
    feed,
    org,
    course,
    run
  FROM events.edx_tracking_log
  WHERE starts_with(event_name, 'edx.course.enrollment.')
),
course_key (pattern) AS (
  VALUES '^(?:[a-z0-9-]+:)?([^+/:]+)[+/]([^+/]+)(?:[+/]([^+/]+).*)?$'
)
SELECT
  enrollment.course_id,
  enrollment.mode,
  enrollment.event_user_id AS user_id,
  replace(substr(enrollment.event_name, length('edx.course.enrollment.') + 1), '.', '_') AS action,
  enrollment.context_user_id AS triggering_user_id,
  enrollment.username,
  enrollment.event_name,
  enrollment.event_source,
  enrollment.session,
  enrollment.event_id,
  enrollment.occurred_at,
  enrollment.feed,
  CASE
    WHEN enrollment.is_resolved_course THEN enrollment.org
    ELSE regexp_extract(enrollment.course_id, course_key.pattern, 1)
  END AS org,
  CASE
    WHEN enrollment.is_resolved_course THEN enrollment.course
    ELSE regexp_extract(enrollment.course_id, course_key.pattern, 2)
  END AS course,
  CASE
    WHEN enrollment.is_resolved_course THEN enrollment.run
    ELSE regexp_extract(enrollment.course_id, course_key.pattern, 3)
  END AS run
FROM enrollment
CROSS JOIN course_key
