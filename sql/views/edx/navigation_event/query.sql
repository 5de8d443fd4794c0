WITH action_of_name (event_name, action) AS (
  VALUES
    ('edx.ui.lms.sequence.next_selected', 'sequence_next'),
    ('seq_next', 'sequence_next'),
    ('edx.ui.lms.sequence.previous_selected', 'sequence_previous'),
    ('seq_prev', 'sequence_previous'),
    ('edx.ui.lms.sequence.tab_selected', 'sequence_tab'),
    ('seq_goto', 'sequence_tab'),
    ('edx.ui.lms.jump_nav.selected', 'jump'),
    ('edx.ui.lms.outline.selected', 'outline'),
    ('edx.ui.lms.link_clicked', 'link'),
    ('page_close', 'page_close')
)
SELECT
  log.event_target_url AS target_url,
  log.event_target_name AS target_name,
  log.event_current_url AS current_url,
  log.event_old AS old,
  log.event_new AS new,
  log.edx_event_id AS id,
  json_extract_scalar(log.event, '$.current_id') AS current_id,
  json_extract_scalar(log.event, '$.widget_placement') AS widget_placement,
  TRY_CAST(json_extract_scalar(log.event, '$.current_tab') AS bigint) AS current_tab,
  TRY_CAST(json_extract_scalar(log.event, '$.target_tab') AS bigint) AS target_tab,
  TRY_CAST(json_extract_scalar(log.event, '$.tab_count') AS bigint) AS tab_count,
  action_of_name.action,
  log.event_name,
  log.event_type,
  log.event_source,
  log.username,
  log.context_user_id AS user_id,
  log.session,
  log.event_id,
  log.occurred_at,
  log.feed,
  log.course_id,
  log.org,
  log.course,
  log.run,
  log.page
FROM events.edx_tracking_log AS log
LEFT JOIN action_of_name
  ON action_of_name.event_name = log.event_name
WHERE action_of_name.action IS NOT NULL
  OR starts_with(log.event_name, 'edx.ui.lms.')
  OR starts_with(log.event_name, 'seq_')
