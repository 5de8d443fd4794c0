SELECT
  event.event_data_video_id AS video_id,
  coalesce(
    event.event_data_video_event_type,
    IF(
      starts_with(event.event_name, 'kinesinlms.course.video.')
        AND event.event_name <> 'kinesinlms.course.video.activity',
      event.event_name
    )
  ) AS video_event_type,
  regexp_replace(
    coalesce(
      event.event_data_video_event_type,
      IF(
        starts_with(event.event_name, 'kinesinlms.course.video.')
          AND event.event_name <> 'kinesinlms.course.video.activity',
        event.event_name
      )
    ),
    '^kinesinlms\.course\.video\.'
  ) AS action,
  event."user",
  event.anon_username,
  event.course_slug,
  event.course_run,
  event.unit_node_slug,
  event.course_unit_id,
  event.course_unit_slug,
  event.block_uuid,
  event.unit_id,
  event.node_id,
  coalesce(event.course_token, event.course_slug || '_' || event.course_run) AS course_token,
  event.event_name,
  event.generation,
  event.event_id,
  event.occurred_at,
  event.feed
FROM events.kinesinlms_event AS event
WHERE starts_with(event.event_name, 'kinesinlms.course.video.')
  OR event.tracking_event_type = 'video'
