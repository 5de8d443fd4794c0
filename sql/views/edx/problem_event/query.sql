WITH action_of_name (event_name, action) AS (
  VALUES
    ('problem_check', 'check'),
    ('save_problem_check', 'check'),
    ('problem_check_fail', 'check_fail'),
    ('save_problem_check_fail', 'check_fail'),
    ('problem_graded', 'graded'),
    ('problem_rescore', 'rescore'),
    ('problem_rescore_fail', 'rescore_fail'),
    ('problem_reset', 'reset'),
    ('reset_problem', 'reset'),
    ('reset_problem_fail', 'reset_fail'),
    ('problem_save', 'save'),
    ('save_problem_success', 'save'),
    ('save_problem_fail', 'save_fail'),
    ('problem_show', 'show_answer'),
    ('showanswer', 'show_answer'),
    ('edx.problem.completed', 'complete'),
    ('edx.problem.hint.demandhint_displayed', 'show_hint'),
    ('edx.problem.hint.feedback_displayed', 'show_feedback'),
    ('edx.grades.problem.submitted', 'score_submitted'),
    ('edx.grades.problem.rescored', 'score_rescored'),
    ('edx.grades.problem.score_overridden', 'score_overridden'),
    ('edx.grades.problem.state_deleted', 'state_deleted')
)
SELECT
  coalesce(log.event_problem_id, nullif(trim(json_extract_scalar(log.event, '$.module_id')), '')) AS problem_id,
  log.event_success AS success,
  log.event_grade AS grade,
  log.event_max_grade AS max_grade,
  log.event_attempts AS attempts,
  json_extract_scalar(log.event, '$.failure') AS failure,
  json_format(json_extract(log.event, '$.answers')) AS answers,
  json_format(json_extract(log.event, '$.submission')) AS submission,
  json_format(json_extract(log.event, '$.correct_map')) AS correct_map,
  json_format(json_extract(log.event, '$.state')) AS state,
  json_extract_scalar(log.event, '$.student') AS student,
  IF(is_finite(TRY_CAST(json_extract_scalar(log.event, '$.weighted_earned') AS double)),
    TRY_CAST(json_extract_scalar(log.event, '$.weighted_earned') AS double)) AS weighted_earned,
  IF(is_finite(TRY_CAST(json_extract_scalar(log.event, '$.weighted_possible') AS double)),
    TRY_CAST(json_extract_scalar(log.event, '$.weighted_possible') AS double)) AS weighted_possible,
  IF(is_finite(TRY_CAST(json_extract_scalar(log.event, '$.new_weighted_earned') AS double)),
    TRY_CAST(json_extract_scalar(log.event, '$.new_weighted_earned') AS double)) AS new_weighted_earned,
  IF(is_finite(TRY_CAST(json_extract_scalar(log.event, '$.new_weighted_possible') AS double)),
    TRY_CAST(json_extract_scalar(log.event, '$.new_weighted_possible') AS double)) AS new_weighted_possible,
  log.context_module_display_name AS module_display_name,
  log.context_module_usage_key AS module_usage_key,
  log.context_module_original_usage_key AS module_original_usage_key,
  log.context_module_original_usage_version AS module_original_usage_version,
  action_of_name.action,
  log.event_name,
  log.event_source,
  log.username,
  log.context_user_id AS user_id,
  log.event_user_id AS affected_user_id,
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
  OR starts_with(log.event_name, 'problem_')
  OR starts_with(log.event_name, 'save_problem_')
  OR starts_with(log.event_name, 'reset_problem')
  OR starts_with(log.event_name, 'edx.problem.')
  OR starts_with(log.event_name, 'edx.grades.problem.')
