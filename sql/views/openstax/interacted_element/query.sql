SELECT
  event.device_uuid,
  event.user_uuid,
  event.session_uuid,
  event.session_order,
  event.scheme,
  event.host,
  event.path,
  event.query,
  event.target_id,
  event.target_type,
  event.target_attributes,
  event.context_id,
  event.context_type,
  event.context_attributes,
  event.context_region,
  CAST(date_trunc('millisecond', event.occurred_at AT TIME ZONE 'UTC') AS timestamp(6)) AS occurred_at,
  event.year,
  event.month,
  event.day,
  event.event_id,
  event.feed,
  event.schema_version,
  CAST(event.occurred_at AS date) AS occurred_date,
  event.query_parameters,
  event.target_state_change,
  event.context_state_change,
  event.source_metadata,
  CASE
    WHEN CAST(TRY_CAST(event.source_metadata_content_id AS uuid) AS varchar) = lower(event.source_metadata_content_id)
    THEN TRY_CAST(event.source_metadata_content_id AS uuid)
  END AS source_metadata_content_id,
  event.source_metadata_content_version,
  event.source_metadata_context_version,
  event.source_metadata_content_index,
  CASE
    WHEN CAST(TRY_CAST(event.source_metadata_scope_id AS uuid) AS varchar) = lower(event.source_metadata_scope_id)
    THEN TRY_CAST(event.source_metadata_scope_id AS uuid)
  END AS source_metadata_scope_id
FROM events.openstax_event AS event
WHERE event.event_type = 'interacted_element'
