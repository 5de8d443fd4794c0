SELECT
  event.gooru_event_id,
  event.event_name,
  event.session_api_key,
  event.session_session_id,
  event.session_session_token,
  event.start_time,
  event.end_time,
  event.user_gooru_u_id,
  event.timezone,
  event.gooru_context_collection_id,
  event.gooru_context_collection_type,
  event.version_log_api,
  event.metrics_score,
  event.metrics_time_spent,
  event.metrics_max_score,
  event.context_type,
  event.context_content_gooru_id,
  event.context_parent_gooru_id,
  event.context_parent_event_id,
  event.context_class_gooru_id,
  event.context_course_gooru_id,
  event.context_unit_gooru_id,
  event.context_lesson_gooru_id,
  event.context_collection_type,
  event.context_collection_sub_type,
  event.context_resource_type,
  event.context_question_count,
  event.context_total_questions_count,
  event.context_client_source,
  event.context_reaction_type,
  event.context_tenant_id,
  event.context_app_id,
  event.context_partner_id,
  event.context_path_id,
  event.context_path_type,
  event.context_content_source,
  event.context_additional_context,
  event.pay_load_object_grading_type,
  event.pay_load_object_grade_status,
  event.pay_load_object_teacher_id,
  event.pay_load_object_is_student,
  event.pay_load_object_question_type,
  event.pay_load_object_answer_object,
  event.pay_load_object_attempt_status,
  event.pay_load_object_taxonomy_ids,
  event.pay_load_object_content_format,
  event.pay_load_object_source_id,
  event.pay_load_object_reports_context,
  CASE
    WHEN event.event_name = 'collection.play'
      AND event.context_type = 'start'
      AND event.context_collection_type IN ('collection', 'collection-external')
      THEN 1
    WHEN event.event_name = 'collection.play'
      AND event.context_type = 'stop'
      AND event.context_collection_type IN ('assessment', 'assessment-external')
      THEN 1
    WHEN event.event_name IN ('collection.resource.play', 'resource.play')
      AND event.context_type = 'start'
      THEN 1
    ELSE 0
  END AS views,
  CASE
    WHEN event.event_name = 'collection.play'
      AND event.context_type = 'stop'
      AND event.context_collection_type IN (
        'collection-external', 'assessment-external', 'offline-activity'
      )
      THEN event.metrics_time_spent
    WHEN event.event_name IN ('collection.play', 'collection.resource.play', 'resource.play')
      AND event.context_type = 'stop'
      THEN event.end_time - event.start_time
  END AS time_spent,
  CASE
    WHEN event.event_name = 'collection.play'
      AND event.context_type = 'stop'
      AND event.context_collection_type IN (
        'collection-external', 'assessment-external', 'offline-activity'
      )
      THEN event.metrics_score
    WHEN event.event_name IN ('collection.resource.play', 'resource.play')
      AND event.context_resource_type = 'question'
      AND event.pay_load_object_question_type IS DISTINCT FROM 'OE'
      THEN CASE lower(event.pay_load_object_attempt_status)
        WHEN 'correct' THEN 1.0E0
        WHEN 'incorrect' THEN 0.0E0
        WHEN 'skipped' THEN 0.0E0
      END
  END AS score,
  CASE
    WHEN event.event_name = 'collection.play'
      AND event.context_type = 'stop'
      AND event.context_collection_type IN (
        'collection-external', 'assessment-external', 'offline-activity'
      )
      THEN event.metrics_max_score
    WHEN event.event_name IN ('collection.resource.play', 'resource.play')
      AND event.context_resource_type = 'question'
      AND event.pay_load_object_question_type IS DISTINCT FROM 'OE'
      THEN 1.0E0
  END AS max_score,
  CASE
    WHEN event.event_name IN ('collection.resource.play', 'resource.play')
      AND event.context_resource_type = 'resource'
      THEN 'unevaluated'
    WHEN event.event_name IN ('collection.resource.play', 'resource.play')
      AND event.context_resource_type = 'question'
      THEN lower(coalesce(event.pay_load_object_attempt_status, 'attempted'))
  END AS answer_status,
  CASE
    WHEN event.event_name IN ('collection.resource.play', 'resource.play')
      AND event.context_resource_type = 'question'
      THEN NOT (
        coalesce(event.pay_load_object_question_type = 'OE', false)
        AND lower(coalesce(event.pay_load_object_attempt_status, 'attempted')) = 'attempted'
      )
  END AS is_graded,
  IF(
    event.event_name = 'reaction.create',
    TRY_CAST(event.context_reaction_type AS bigint)
  ) AS reaction,
  lower(coalesce(event.pay_load_object_grading_type, 'system')) AS grading_type,
  event.event_id,
  event.occurred_at,
  event.feed
FROM events.gooru_usage_event AS event
